# The platform's own line for each request that went well: nobody reads it, it tells who opened which page, and an address with a
# viewer's token would lie in it for 30 days. What the functions themselves say, and every failed request, stays.
resource "google_logging_project_exclusion" "requests" {
  name        = "kentongan-requests-that-went-well"
  description = "Request lines of Kentongan's services, except of failures."
  filter = join(" AND ", [
    "resource.type=\"cloud_run_revision\"",
    "resource.labels.service_name=(${join(" OR ", [for name in sort(keys(local.deployed)) : "\"${name}\""])})",
    "log_id(\"run.googleapis.com/requests\")",
    "httpRequest.status<400",
  ])

  depends_on = [google_project_service.needed]
}
