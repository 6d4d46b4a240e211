output "dashboard_url" {
  description = "Address of the dashboard."
  value       = local.dashboard_url
}

output "desk_url" {
  description = "Address of desk; null while it is off."
  value       = lookup(local.urls, "desk", null)
}

output "accounts" {
  description = "Account of each stage, for rights of your own."
  value       = { for name, account in google_service_account.stage : name => account.email }
}

output "next_steps" {
  description = "What to do now."
  value       = <<-EOT
    1. Say what is watched (write the file with ./kentongan init; in force from the next round, no new apply needed):
         cd ../..
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan config push kentongan.yaml
    2. Open the dashboard:
         ${local.opening[var.iap_enabled ? "proxied" : var.dashboard_access]}
    3. Look after five minutes whether it collects:
         gcloud run services logs read collect --project ${var.project_id} --region ${var.region} --limit 20
    4. Messages that failed for good wait here for a week (an empty list is what you want):
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan dlq list
%{if var.desk_enabled~}
    5. Make a link to the desk for each officer:
         SECRETS="$(gcloud secrets versions access latest --secret kentongan-web --project ${var.project_id})" \
         BASE_URL=${local.dashboard_url} DESK_URL=${local.urls["desk"]} \
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan desk invite "NAME"
%{endif~}
  EOT
}

locals {
  opening = {
    proxied = "${local.dashboard_url}    (dashboard_viewers log in with their Google accounts)"
    private = "gcloud run services proxy dashboard --project ${var.project_id} --region ${var.region}    (for dashboard_viewers)"
    token   = "${local.dashboard_url}/?token=YOUR_VIEWER_TOKEN"
    public  = local.dashboard_url
  }
}
