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
    source_secrets    = { arsip = "kunci" }
    receiver_secrets  = { PUS-DALOPS = "whsec_bukan-kunci" }
    gemini_location   = "Jakarta Selatan"
    gemini_model      = "Flash"
    gemini_url        = "https://googleapis.com.evil.example"
    link_key          = "terlalu-pendek"
    handle_key        = "terlalu-pendek"
    ingest_key        = "terlalu-pendek"
    viewer_token      = "terlalu-pendek"
    iap_audience      = "dashboard"
    alert_email       = "tik@sagara"
    billing_account   = "billingAccounts/012345-6789AB-CDEF01"
    budget            = 0.5
    archive_years     = 0
  }
  expect_failures = [
    var.archive_years,
    var.iap_audience, var.alert_email, var.billing_account, var.budget,
    var.project_id, var.region, var.timezone, var.dashboard_viewers, var.secret_versions,
    var.gemini_location, var.gemini_model, var.gemini_url, var.source_secrets, var.receiver_secrets, var.link_key, var.handle_key, var.ingest_key, var.viewer_token
  ]
}

run "nearly_right" {
  command = plan
  variables {
    project_id        = "123456789012"
    region            = "asia"
    dashboard_viewers = ["allUsers"]
    secret_versions   = { web = 0 }
    link_key          = "0123456789abcdef0123456789abcdef terlalu-pendek"
    ingest_key        = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3 terlalu-pendek"
    viewer_token      = "0123456789 abcdef 0123"
  }
  expect_failures = [var.project_id, var.region, var.dashboard_viewers, var.secret_versions, var.link_key, var.ingest_key, var.viewer_token]
}

run "wrong_in_form_where_validation_reads_other_variables" {
  command = plan
  variables {
    source_region    = "europe-west1"
    dashboard_access = "umum"
    domain           = "https://kentongan.sagara.example/"
  }
  expect_failures = [var.source_region, var.dashboard_access, var.domain]
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
    domain = "kentongan.sagara.example"
  }
  expect_failures = [var.domain]
}
