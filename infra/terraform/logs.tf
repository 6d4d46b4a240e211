# The platform's own line for each request. One that went well nobody reads. One to desk or dashboard is never kept, whatever came of
# it: it tells who opened which page, and its address may hold a token that still opens a desk; it would lie here for 30 days.
# What the functions themselves say stays: without addresses (shared/logs.py), also of what failed.
locals {
  peopled = [for name, stage in local.deployed : name if stage.caller == null]
}

resource "google_logging_project_exclusion" "requests" {
  name        = "kentongan-requests"
  description = "Request lines of Kentongan's services: where people come, of all requests; else, of those that went well."
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "resource.labels.service_name=(${join(" OR ", [for name in sort(keys(local.deployed)) : "\"${name}\""])})",
    "log_id(\"run.googleapis.com/requests\")",
    "(httpRequest.status<400 OR resource.labels.service_name=(${join(" OR ", [for name in sort(local.peopled) : "\"${name}\""])}))",
  ])

  depends_on = [google_project_service.needed]
}
