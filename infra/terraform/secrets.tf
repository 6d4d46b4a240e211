# At most three secrets, each a JSON object of environment variables: six versions are free. Write-only: no value in the state.

locals {
  secret_values = {
    collect = merge({ for name, value in var.source_secrets : "SECRET_${name}" => value }, { HANDLE_KEY = var.handle_key })
    notify  = merge({ for name, value in var.receiver_secrets : "SECRET_${name}" => value }, { LINK_KEY = var.link_key })
    web = {
      LINK_KEY     = var.link_key
      HANDLE_KEY   = var.handle_key
      INGEST_KEY   = var.ingest_key
      VIEWER_TOKEN = var.viewer_token != "" ? var.viewer_token : uuid() # forgotten must mean closed, not open
    }
  }
}

resource "google_secret_manager_secret" "secret" {
  for_each = var.secret_versions

  secret_id = "kentongan-${each.key}"
  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
  depends_on = [google_project_service.needed]
}

resource "google_secret_manager_secret_version" "secret" {
  for_each = var.secret_versions

  secret                 = google_secret_manager_secret.secret[each.key].id
  secret_data_wo         = jsonencode(local.secret_values[each.key])
  secret_data_wo_version = tostring(each.value)

  lifecycle {
    create_before_destroy = true # running services need the old one until they have the new one
  }
}
