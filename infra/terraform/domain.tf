# A name of one's own for the dashboard, where Cloud Run itself can give it (a preview feature): not in Jakarta. The records for the
# office's DNS are in the output `domain_records`; until they are there, the mapping waits for its certificate. Desk keeps the address
# that the platform gave it: its links are tapped, not read.

locals {
  # https://cloud.google.com/run/docs/mapping-custom-domains
  mapping_regions = [
    "asia-east1", "asia-northeast1", "asia-southeast1", "europe-north1", "europe-west1", "europe-west4",
    "us-central1", "us-east1", "us-east4", "us-west1",
  ]

  dashboard_url = var.domain == "" ? local.urls["dashboard"] : "https://${var.domain}"
}

resource "google_cloud_run_domain_mapping" "dashboard" {
  for_each = toset(var.domain == "" ? [] : [var.domain])

  name     = each.key
  location = var.region
  metadata {
    namespace = var.project_id
  }
  spec {
    route_name = google_cloud_run_v2_service.stage["dashboard"].name
  }
}

output "domain_records" {
  description = "What the office's DNS must say for the domain; null without one."
  value       = one([for mapping in google_cloud_run_domain_mapping.dashboard : one(mapping.status[*].resource_records)])
}
