locals {
  # What shared/settings.py and functions-framework read; a test compares both ways. Null: not set.
  environment = { for name, stage in local.deployed : name => {
    BACKEND              = "gcp"
    GOOGLE_CLOUD_PROJECT = var.project_id
    REGION               = var.region # what is free depends on it
    VCPU                 = stage.cpu

    PUSH_AUDIENCE = stage.caller == null ? null : local.urls[name]
    PUSH_EMAIL    = stage.caller == null ? null : google_service_account.caller[stage.caller].email

    BASE_URL = contains(["dashboard", "desk", "notify"], name) ? local.dashboard_url : null
    DESK_URL = contains(["dashboard", "notify"], name) ? lookup(local.urls, "desk", null) : null

    DASHBOARD_ACCESS = name == "dashboard" ? var.dashboard_access : null
    IAP_AUDIENCE     = name == "dashboard" && local.iap_audience != "" ? local.iap_audience : null

    ARCHIVE        = name == "report" && var.archive ? one([for bucket in google_storage_bucket.archive : bucket.name]) : null
    SCHEDULER_JOBS = name == "guard" ? join(" ", local.job_names) : null

    GEMINI_LOCATION = name == "classify" && var.gemini_location != "" ? var.gemini_location : null
    GEMINI_MODEL    = name == "classify" && var.gemini_location != "" ? var.gemini_model : null
    GEMINI_URL      = name == "classify" && var.gemini_url != "" ? var.gemini_url : null

    FUNCTION_TARGET         = name
    FUNCTION_SOURCE         = "functions/${name}/main.py"
    FUNCTION_SIGNATURE_TYPE = "http"
    PYTHONPATH              = "/workspace" # where the buildpack puts the zip: `import shared`
    THREADS                 = tostring(stage.concurrency)
  } }

  # https://cloud.google.com/iap/docs/signed-headers-howto names it for a service without a load balancer
  iap_audience = var.iap_enabled ? "/projects/${data.google_project.this.number}/locations/${var.region}/services/dashboard" : var.iap_audience

  secret_of = { for name, stage in local.deployed : name => stage.secret if try(contains(keys(var.secret_versions), stage.secret), false) }
}

resource "google_cloud_run_v2_service" "stage" {
  for_each = local.deployed

  name                 = each.key
  location             = var.region
  deletion_protection  = false # services hold no state
  iap_enabled          = each.key == "dashboard" && var.iap_enabled
  ingress              = "INGRESS_TRAFFIC_ALL" # Pub/Sub, Scheduler and people come from outside; IAM decides
  invoker_iam_disabled = contains(local.open, each.key)

  template {
    service_account                  = google_service_account.stage[each.key].email
    max_instance_request_concurrency = each.value.concurrency
    timeout                          = "${each.value.timeout}s"

    scaling {
      min_instance_count = 0
      max_instance_count = each.value.max_instances
    }

    containers {
      image = local.image

      resources {
        limits            = { cpu = each.value.cpu, memory = each.value.memory }
        cpu_idle          = true  # billed while a request runs; once limits are given, the provider's default is the other way
        startup_cpu_boost = false # it gives 2 vCPU until ten seconds after the start, and bills them; Python starts on one
      }

      dynamic "env" {
        for_each = { for name, value in local.environment[each.key] : name => value if value != null }
        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = [for name in [lookup(local.secret_of, each.key, null)] : name if name != null]
        content {
          name = "SECRETS" # one JSON object of variables
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.secret[env.value].secret_id
              version = google_secret_manager_secret_version.secret[env.value].version # so a new value makes a new revision
            }
          }
        }
      }
    }
  }

  depends_on = [google_secret_manager_secret_iam_member.stage] # checked when a revision is made
}
