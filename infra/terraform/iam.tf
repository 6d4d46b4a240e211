# One account per stage with what the table in stages.tf grants it, and two accounts that call.

resource "google_service_account" "stage" {
  for_each = local.deployed

  account_id   = "kentongan-${each.key}"
  display_name = "Kentongan: ${each.key}"
  depends_on   = [google_project_service.needed]
}

resource "google_service_account" "caller" {
  for_each = toset(["push", "scheduler"])

  account_id   = "kentongan-${each.key}"
  display_name = "Kentongan: calls services for ${each.key}"
  depends_on   = [google_project_service.needed]
}

resource "google_project_iam_member" "database" {
  for_each = { for name, stage in local.deployed : name => stage.database if stage.database != null }

  project = var.project_id
  role    = "roles/datastore.${each.value}"
  member  = google_service_account.stage[each.key].member
}

# Second opinions: the one stage that asks, and only while they are on.
resource "google_project_iam_member" "gemini" {
  for_each = toset(var.gemini_location == "" ? [] : ["classify"])

  project = var.project_id
  role    = "roles/aiplatform.user"
  member  = google_service_account.stage[each.key].member
}

# The guard pauses jobs and can do nothing else to them: no predefined role is that small.
resource "google_project_iam_custom_role" "pause" {
  for_each = toset(var.guard_enabled ? ["guard"] : [])

  role_id     = "kentonganPause"
  title       = "Kentongan: pauses Scheduler jobs"
  permissions = ["cloudscheduler.jobs.pause"]
  depends_on  = [google_project_service.needed]
}

resource "google_project_iam_member" "pause" {
  for_each = google_project_iam_custom_role.pause

  project = var.project_id
  role    = each.value.name
  member  = google_service_account.stage[each.key].member
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = merge([
    for name, stage in local.deployed : { for topic in stage.publishes : "${name} to ${topic}" => { stage = name, topic = topic } }
  ]...)

  topic  = google_pubsub_topic.topic[each.value.topic].id
  role   = "roles/pubsub.publisher"
  member = google_service_account.stage[each.value.stage].member
}

resource "google_secret_manager_secret_iam_member" "stage" {
  for_each = local.secret_of

  secret_id = google_secret_manager_secret.secret[each.value].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.stage[each.key].member
}

# Who may call: exactly one account each, except where people come.

resource "google_cloud_run_v2_service_iam_member" "caller" {
  for_each = local.called

  name     = google_cloud_run_v2_service.stage[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  member   = google_service_account.caller[each.value.caller].member
}

locals {
  # Open to everybody, without IAM's check. A grant to allUsers would do the same where it is allowed; new organisations forbid it.
  open = concat(
    ["desk"], # a signed link is the key
    var.dashboard_access == "private" ? [] : ["dashboard"],
  )

  # by a word that is known before anything exists
  people    = var.dashboard_access != "private" ? {} : var.iap_enabled ? { proxy = local.iap_agent } : { for member in var.dashboard_viewers : member => member }
  iap_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-iap.iam.gserviceaccount.com" # the proxy calls for people
}

resource "google_cloud_run_v2_service_iam_member" "people" {
  for_each = local.people

  name     = google_cloud_run_v2_service.stage["dashboard"].name
  location = var.region
  role     = "roles/run.invoker"
  member   = each.value
}

# `gcloud run services proxy` asks for the service's address before it calls it, and an invoker alone may not see that.
resource "google_cloud_run_v2_service_iam_member" "viewer" {
  for_each = var.dashboard_access == "private" && !var.iap_enabled ? var.dashboard_viewers : []

  name     = google_cloud_run_v2_service.stage["dashboard"].name
  location = var.region
  role     = "roles/run.viewer"
  member   = each.value
}

resource "google_iap_web_cloud_run_service_iam_member" "viewer" {
  for_each = var.iap_enabled ? var.dashboard_viewers : []

  cloud_run_service_name = google_cloud_run_v2_service.stage["dashboard"].name
  location               = var.region
  role                   = "roles/iap.httpsResourceAccessor"
  member                 = each.value
}
