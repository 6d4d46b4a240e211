# Every variable refuses what would fail later, and less clearly, on the platform. Each run sets one mistake in each of its variables.

mock_provider "google" {}

variables {
  project_id       = "kentongan-sagara"
  source_secrets   = {}
  receiver_secrets = {}
  link_key         = ""
  handle_key       = ""
  ingest_key       = ""
  viewer_token     = ""
}

run "wrong_in_form" {
  command = plan
  variables {
    project_id        = "Kentongan Sagara"
    region            = "asia-southeast2-a"
    timezone          = "WIB"
    dashboard_viewers = ["humas@sagara.example"]
    secret_versions   = { detect = 1 }
    gemini_location   = "jakarta"
    gemini_model      = "Flash"
    iap_audience      = "dashboard"
    alert_email       = "tik@sagara"
    billing_account   = "billingAccounts/012345-6789AB-CDEF01"
    archive_years     = 0
  }
  expect_failures = [
    var.archive_years,
    var.iap_audience, var.alert_email, var.billing_account,
    var.project_id, var.region, var.timezone, var.dashboard_viewers, var.secret_versions,
    var.gemini_location, var.gemini_model
  ]
}

run "nearly_right" {
  command = plan
  variables {
    project_id        = "123456789012"
    region            = "asia"
    dashboard_viewers = ["allUsers"]
    secret_versions   = { web = 0 }
  }
  expect_failures = [var.project_id, var.region, var.dashboard_viewers, var.secret_versions]
}

run "keys_nearly_right" {
  command = plan
  variables {
    secret_versions = { notify = 1, web = 1 }
    link_key        = "0123456789abcdef0123456789abcdef terlalu-pendek"
    ingest_key      = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3 terlalu-pendek"
    viewer_token    = "0123456789abcdef0123 33.99.01:0123456789abcdef0123"
  }
  expect_failures = [var.link_key, var.ingest_key, var.viewer_token]
}

run "wrong_in_form_where_validation_reads_other_variables" {
  command = plan
  variables {
    source_region    = "europe-west1"
    image_region     = "asia-east1-a"
    dashboard_access = "umum"
    secret_versions  = { collect = 1, notify = 1, web = 1 }
    source_secrets   = { arsip = "kunci" }
    receiver_secrets = { PUS-DALOPS = "whsec_bukan-kunci" }
    link_key         = "terlalu-pendek"
    handle_key       = "terlalu-pendek"
    ingest_key       = "terlalu-pendek"
    viewer_token     = "terlalu-pendek"
    gemini_location  = "global"
    gemini_url       = "https://googleapis.com.evil.example"
    billing_account  = "012345-6789AB-CDEF01"
    budget           = 0.5
  }
  expect_failures = [
    var.source_region, var.image_region, var.dashboard_access, var.gemini_url, var.budget,
    var.source_secrets, var.receiver_secrets, var.link_key, var.handle_key, var.ingest_key, var.viewer_token
  ]
}

run "a_domain_with_its_scheme" {
  command = plan
  variables {
    region           = "us-central1"
    dashboard_access = "public"
    domain           = "https://kentongan.sagara.example/"
  }
  expect_failures = [var.domain]
}

run "something_else_is_missing" {
  command = plan
  variables {
    desk_enabled     = true
    dashboard_access = "token"
    guard_enabled    = true
  }
  expect_failures = [var.desk_enabled, var.dashboard_access, var.guard_enabled]
}

run "desk_with_half_of_its_secrets" {
  command = plan
  variables {
    desk_enabled    = true
    secret_versions = { web = 1 }
  }
  expect_failures = [var.desk_enabled]
}

run "a_proxy_before_a_dashboard_that_is_not_private" {
  command = plan
  variables {
    dashboard_access = "public"
    iap_enabled      = true
  }
  expect_failures = [var.iap_enabled]
}

run "a_domain_in_a_region_that_maps_none" {
  command = plan
  variables {
    dashboard_access = "public"
    domain           = "kentongan.sagara.example"
  }
  expect_failures = [var.domain]
}

run "values_for_secrets_that_are_off" {
  command = plan
  variables {
    source_secrets   = { ARSIP = "kunci" }
    receiver_secrets = { PUSDALOPS = "whsec_bukan-kunci" }
    link_key         = "0123456789abcdef0123456789abcdef"
    handle_key       = "0123456789abcdef0123456789abcdef"
    ingest_key       = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
    viewer_token     = "fedcba9876543210fedc"
  }
  expect_failures = [var.source_secrets, var.receiver_secrets, var.link_key, var.handle_key, var.ingest_key, var.viewer_token]
}

run "halves_of_a_whole" {
  command = plan
  variables {
    region        = "us-central1"
    domain        = "kentongan.sagara.example"
    gemini_url    = "https://aiplatform.googleapis.com"
    budget        = 50000
    archive_years = 500
  }
  expect_failures = [var.domain, var.gemini_url, var.budget, var.archive_years]
}

run "a_billing_account_without_a_budget" {
  command = plan
  variables {
    billing_account = "012345-6789AB-CDEF01"
  }
  expect_failures = [var.budget]
}

run "null_is_the_default" {
  command = plan
  variables {
    region           = null
    domain           = null
    dashboard_access = null
    secret_versions  = null
    archive_years    = null
    viewer_token     = null
  }
  assert {
    condition     = var.region == "asia-southeast2" && length(google_secret_manager_secret.secret) == 0
    error_message = "What is null is as if it were left out."
  }
}
