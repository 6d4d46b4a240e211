terraform {
  required_version = ">= 1.11" # write-only arguments and ephemeral variables: no secret in the state

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.40, < 8.0"
    }
    archive = {
      source  = "hashicorp/archive"
      version = ">= 2.5, < 3.0" # globs in excludes
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region
}
