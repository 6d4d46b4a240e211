locals {
  optional_apis = {
    "aiplatform.googleapis.com"     = var.gemini_location != ""
    "bigquery.googleapis.com"       = var.archive
    "billingbudgets.googleapis.com" = var.billing_account != ""
    "iap.googleapis.com"            = var.iap_enabled
  }
}

resource "google_project_service" "needed" {
  for_each = toset(concat([for api, wanted in local.optional_apis : api if wanted], [
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com", # only its build, see image.tf
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com", # doctor --cloud reads from it how much of the quotas is used
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "storage.googleapis.com",
  ]))

  service            = each.key
  disable_on_destroy = false # others may rely on it by then
}

# Without depends_on: an API that is switched on later would make the number unknown to the plan, and with it every address and the
# right to move dead letters, which would be taken away and given anew. Resource Manager is on before Terraform starts (docs/deploy.md).
data "google_project" "this" {
  project_id = var.project_id
}
