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
    1. Sebutkan apa yang dipantau (berlaku pada putaran berikutnya, tanpa apply baru) / say what is watched:
         cd ../..    (belum ada kentongan.yaml: ./kentongan init)
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan config push kentongan.yaml
    2. Buka dasbor / open the dashboard:
         ${local.opening[var.iap_enabled ? "proxied" : var.dashboard_access]}
    3. Sepuluh menit kemudian, apakah semuanya bekerja / after ten minutes, whether all works:
         GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan doctor --cloud
    4. Pesan yang gagal menunggu seminggu di sini; sebaiknya kosong / messages that failed wait here for a week:
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan dlq list
%{if var.desk_enabled~}
    5. Tautan meja kerja untuk tiap petugas / a link to the desk for each officer:
         SECRETS="$(gcloud secrets versions access latest --secret kentongan-web --project ${var.project_id})" \
         BASE_URL=${local.dashboard_url} DESK_URL=${local.urls["desk"]} \
         BACKEND=gcp GOOGLE_CLOUD_PROJECT=${var.project_id} ./kentongan desk invite "NAMA"
%{endif~}
  EOT
}

locals {
  opening = {
    proxied = "${local.dashboard_url}    (dashboard_viewers masuk dengan akun Google-nya / log in)"
    private = "gcloud run services proxy dashboard --project ${var.project_id} --region ${var.region}    (dashboard_viewers)"
    token   = "${local.dashboard_url}/?token=VIEWER_TOKEN"
    public  = local.dashboard_url
  }
}
