# The one image that all services share: why, and why by a function, is in docs/decisions/2026-11-one-image.md.

resource "google_artifact_registry_repository" "images" {
  # checkov:skip=CKV_GCP_84: keys of one's own cost money each month; Google's encryption stays on, and the image holds only code

  repository_id          = "kentongan"
  location               = local.image_region
  format                 = "DOCKER"
  cleanup_policy_dry_run = false

  cleanup_policies { # 0.5 GB are free
    id     = "keep-two"
    action = "KEEP"
    most_recent_versions {
      keep_count = 2
    }
  }
  cleanup_policies {
    id     = "delete-the-rest"
    action = "DELETE"
    condition {
      older_than = "86400s"
    }
  }

  depends_on = [google_project_service.needed]
}

resource "google_service_account" "image" {
  account_id   = "kentongan-image"
  display_name = "Kentongan: builds the image"
  depends_on   = [google_project_service.needed]
}

resource "google_project_iam_member" "image" {
  for_each = toset([
    "roles/logging.logWriter",
    "roles/storage.objectViewer", # of the whole project: the build reads a copy of the zip in a bucket that the platform makes
  ])

  project = var.project_id
  role    = each.key
  member  = google_service_account.image.member
}

resource "google_artifact_registry_repository_iam_member" "image" {
  repository = google_artifact_registry_repository.images.name
  location   = local.image_region
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.image.member
}

# Nothing ever calls this function: nobody has the right to, so it costs its build and nothing else.
resource "google_cloudfunctions2_function" "image" {
  name        = "image"
  location    = local.image_region
  description = "Builds the image that all services share; never called."

  build_config {
    runtime           = "python311"
    entry_point       = "desk"
    docker_repository = google_artifact_registry_repository.images.id
    service_account   = google_service_account.image.id
    environment_variables = {
      GOOGLE_FUNCTION_SOURCE = "functions/desk/main.py" # the build wants to see one; services name their own
      REBUILD                = var.rebuild
    }
    source {
      storage_source {
        bucket = google_storage_bucket.source.name
        object = google_storage_bucket_object.source.name
      }
    }
    # The default, automatic updates, builds an image without its base, which the platform then slips in under functions only.
    on_deploy_update_policy {}
  }

  service_config {
    max_instance_count    = 1
    available_memory      = "256Mi"
    ingress_settings      = "ALLOW_INTERNAL_ONLY"
    service_account_email = google_service_account.image.email
    environment_variables = { PYTHONPATH = "/workspace" }
  }

  depends_on = [google_project_iam_member.image, google_artifact_registry_repository_iam_member.image]
}

# The service that the platform made of the function knows the image's address.
data "google_cloud_run_v2_service" "image" {
  name       = google_cloudfunctions2_function.image.name
  location   = local.image_region
  depends_on = [google_cloudfunctions2_function.image] # read only after a build that is due
}

locals {
  image_region = coalesce(var.image_region, var.region)
  image        = one(flatten(data.google_cloud_run_v2_service.image.template[*].containers[*].image))
}
