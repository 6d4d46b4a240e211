resource "google_firestore_database" "database" {
  name             = "(default)" # the one that the free quota is for
  location_id      = var.region
  type             = "FIRESTORE_NATIVE"
  database_edition = "STANDARD" # Enterprise counts writes by size

  # The data outlives the deployment on purpose; docs/deploy.md says how to remove it.
  delete_protection_state = "DELETE_PROTECTION_ENABLED"
  deletion_policy         = "ABANDON"

  depends_on = [google_project_service.needed]
}

# `data` holds a packed document. Nobody asks for it by value, and an index over it would only cost.
# No composite index and no TTL: queries use names and the automatic index of due_at (a test looks for others); TTL's deletes are
# never free.
resource "google_firestore_field" "data" {
  for_each = toset(["archive", "backfill", "config", "cursors", "hours", "issues", "keys", "log", "notices", "reports", "snapshots", "state", "usage", "views"])

  database   = google_firestore_database.database.name
  collection = each.key
  field      = "data"
  index_config {}
}

# When a document was last written: it only grows, and an index over what only grows is written at one end by everybody.
resource "google_firestore_field" "changed_at" {
  for_each = google_firestore_field.data

  database   = google_firestore_database.database.name
  collection = each.key
  field      = "changed_at"
  index_config {}
}
