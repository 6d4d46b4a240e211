# Years of mentions, for whoever wants them: a bucket with one file a day, and a BigQuery table that reads the files where they lie.
# Both lie in the region of everything else; storage there is never free (under a dollar a year for 10,000 mentions a day).

locals {
  archive = toset(var.archive ? ["archive"] : [])

  # as in shared/archive.py: a test compares
  archive_columns = [
    { name = "day", type = "DATE" },
    { name = "agency", type = "STRING" },
    { name = "about", type = "BOOL" },
    { name = "unit", type = "STRING" },
    { name = "issue", type = "STRING" },
    { name = "mention", type = "STRING" },
    { name = "copy_of", type = "STRING" },
    { name = "kind", type = "STRING" },
    { name = "outlet", type = "STRING" },
    { name = "source", type = "STRING" },
    { name = "title", type = "STRING" },
    { name = "url", type = "STRING" },
    { name = "published_at", type = "TIMESTAMP" },
    { name = "first_seen_at", type = "TIMESTAMP" },
    { name = "tone", type = "STRING" },
    { name = "negative", type = "FLOAT" },
    { name = "unsure", type = "BOOL" },
    { name = "topic", type = "STRING" },
    { name = "corrected", type = "BOOL" },
    { name = "reply", type = "STRING" },
    { name = "reach", type = "INTEGER" },
  ]
}

resource "google_storage_bucket" "archive" {
  # checkov:skip=CKV_GCP_62: a bucket for its access log would cost more than what it watches; Cloud Audit Logs tell who changes it
  # checkov:skip=CKV_GCP_78: BigQuery reads no versions, and each day is written twice; soft delete keeps what was replaced for a week

  for_each = local.archive

  name                        = "${var.project_id}-kentongan-archive"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false # years of data: whoever wants to lose them empties it first

  soft_delete_policy {
    retention_duration_seconds = 604800
  }
  lifecycle_rule {
    condition {
      age = var.archive_years * 366
    }
    action {
      type = "Delete"
    }
  }

  depends_on = [google_project_service.needed]
}

resource "google_storage_bucket_iam_member" "archive" {
  for_each = google_storage_bucket.archive

  bucket = each.value.name
  role   = "roles/storage.objectUser" # a creator alone may not replace a day by its corrected one
  member = google_service_account.stage["report"].member
}

resource "google_bigquery_dataset" "archive" {
  # checkov:skip=CKV_GCP_81: keys of one's own cost money each month; Google's encryption stays on, and the news is public

  for_each = local.archive

  dataset_id  = "kentongan"
  location    = var.region # BigQuery reads only buckets of its own region
  description = "Kentongan's archive. Who may read it is yours to say; so far the project's owners."

  depends_on = [google_project_service.needed]
}

resource "google_bigquery_table" "archive" {
  # checkov:skip=CKV_GCP_80: as the dataset
  # checkov:skip=CKV_GCP_121: it holds no data, only the way to the files

  for_each = google_storage_bucket.archive

  dataset_id          = google_bigquery_dataset.archive[each.key].dataset_id
  table_id            = "mentions"
  description         = "What arrived on each day (06.00 to 05.59), a line for each mention and agency, as it counts."
  deletion_protection = false

  external_data_configuration {
    source_format         = "NEWLINE_DELIMITED_JSON"
    source_uris           = ["gs://${each.value.name}/mentions/*.jsonl.gz"]
    compression           = "GZIP"
    autodetect            = false
    ignore_unknown_values = true # files of a newer version
    schema                = jsonencode([for column in local.archive_columns : merge(column, { mode = "NULLABLE" })])
  }
}
