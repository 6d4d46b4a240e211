# What the functions run, as one zip: an allow-list, so that no key, configuration or data lying about is ever uploaded.

locals {
  root   = "${path.module}/../.."
  packed = ["functions", "requirements.txt", "shared"] # no two with the same first letter, see below

  # archive_file knows only what to leave out. So the complement of the list as globs over first names: another first letter,
  # or the beginning of a listed name and then an end or another letter, or a listed name and then more.
  unlisted = concat(
    ["[!${join("", [for name in local.packed : substr(name, 0, 1)])}]*"],
    flatten([for name in local.packed : [for at in range(1, length(name)) : "${substr(name, 0, at)}{,[!${substr(name, at, 1)}]*}"]]),
    [for name in local.packed : "${name}?*"],
  )
}

data "archive_file" "source" {
  type             = "zip"
  source_dir       = local.root
  excludes         = concat(local.unlisted, ["**/__pycache__", "**/*.pyc"])
  output_path      = "${path.module}/.terraform/kentongan.zip"
  output_file_mode = "0644" # the same zip, so no new build, whatever the umask
}

resource "google_storage_bucket" "source" {
  # checkov:skip=CKV_GCP_62: holds only the program's code, which is public; a bucket for its access log would be one thing more
  # checkov:skip=CKV_GCP_78: each version of the code has a name of its own, and lies in the repository anyway

  name                        = "${var.project_id}-kentongan-source"
  location                    = var.source_region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true # code only, and it is in the repository

  soft_delete_policy {
    retention_duration_seconds = 0 # on by default, and billed
  }

  depends_on = [google_project_service.needed]
}

resource "google_storage_bucket_object" "source" {
  name   = "kentongan-${data.archive_file.source.output_sha256}.zip" # another name when, and only when, the code is another
  bucket = google_storage_bucket.source.name
  source = data.archive_file.source.output_path
}
