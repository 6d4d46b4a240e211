# Three jobs: as many as are free for a billing account.

locals {
  jobs = {
    collect = { stage = "collect", path = "/", schedule = "*/5 * * * *", retries = 0 }     # the next round is the retry
    tick    = { stage = "detect", path = "/tick", schedule = "*/15 * * * *", retries = 1 } # a dead instance's last commit may arrive late
    report  = { stage = "report", path = "/", schedule = "0,20 6 * * *", retries = 3 }     # again once the last hour is filed
  }

  # written out: the jobs themselves come after all services, so a service cannot wait for them
  job_names = [for name in sort(keys(local.jobs)) : "projects/${var.project_id}/locations/${var.region}/jobs/${name}"]
}

resource "google_cloud_scheduler_job" "job" {
  for_each = local.jobs

  name             = each.key
  region           = var.region
  schedule         = each.value.schedule
  time_zone        = var.timezone
  paused           = false # an apply resumes what a person or the guard has paused; the plan says so
  attempt_deadline = "${local.deployed[each.value.stage].timeout}s"

  retry_config {
    retry_count          = each.value.retries
    min_backoff_duration = "60s"
  }

  http_target {
    http_method = "POST"
    uri         = "${local.urls[each.value.stage]}${each.value.path}"
    oidc_token {
      # The stage's one caller. So the tick comes to detect as the account that pushes: a function knows a single caller.
      service_account_email = google_service_account.caller[local.deployed[each.value.stage].caller].email
      audience              = local.urls[each.value.stage]
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller]
}
