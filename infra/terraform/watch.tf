# Who watches the watchman: mail to a person where Kentongan itself cannot tell that it is in trouble. All of it is optional, for
# alert policies may cost money and a budget needs rights on the billing account. Nothing here ever switches billing off.

locals {
  alerts = var.alert_email == "" ? {} : {
    "failed" = {
      name = "Kentongan: pesan gagal menunggu (dead letters, karantina)"
      what = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in sort(local.kept) : "\"${name}\""])}) AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      when = { comparison = "COMPARISON_GT", than = 0, for = "300s", aligner = "ALIGN_MAX", reducer = null, unknown = null }
      then = "Lihat docs/operations.md, bagian Pesan gagal (dead letters) dan karantina: ./kentongan dlq list, lalu retry atau drop; sesudah seminggu hilang."
    }
    "silence" = { # rounds that went well are life; calls that are refused or break off are none
      name = "Kentongan: pengambilan berita berhenti"
      what = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"collect\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"2xx\""
      # each revision and status is a series of its own; old ones fall silent, or go on with zeros
      when = { comparison = "COMPARISON_LT", than = 1, for = "3600s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", unknown = "EVALUATION_MISSING_DATA_ACTIVE" }
      then = "Selama satu jam tidak satu pun putaran collect selesai. Lihat docs/operations.md, bagian Berhenti mengambil berita."
    }
  }
}

resource "google_monitoring_notification_channel" "person" {
  for_each = toset(var.alert_email == "" ? [] : [var.alert_email])

  display_name = "Kentongan: ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }
  depends_on   = [google_project_service.needed]
}

resource "google_monitoring_alert_policy" "trouble" {
  for_each = local.alerts

  display_name          = each.value.name
  combiner              = "OR"
  notification_channels = values(google_monitoring_notification_channel.person)[*].id

  conditions {
    display_name = each.value.name

    condition_threshold {
      filter                  = each.value.what
      comparison              = each.value.when.comparison
      threshold_value         = each.value.when.than
      duration                = each.value.when.for
      evaluation_missing_data = each.value.when.unknown
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = each.value.when.aligner
        cross_series_reducer = each.value.when.reducer
      }
    }
  }

  documentation {
    content   = each.value.then
    mime_type = "text/markdown"
  }
}

# Mail to the billing account's administrators and, with guard_enabled, a message to the guard, which pauses the jobs. A budget
# reports hours late: what keeps the bill at zero are the caps in stages.tf and the size of what is watched (./kentongan meter).
resource "google_billing_budget" "month" {
  for_each = toset(var.billing_account == "" ? [] : [var.billing_account])

  billing_account = each.key
  display_name    = "Kentongan ${var.project_id}"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }
  amount {
    specified_amount {
      units = tostring(var.budget) # in the billing account's own currency
    }
  }
  dynamic "threshold_rules" {
    for_each = [0.5, 1.0]
    content {
      threshold_percent = threshold_rules.value
    }
  }
  dynamic "all_updates_rule" { # whoever applies must be allowed to set the topic's policy: billing enters itself there
    for_each = var.guard_enabled ? ["costs-reported"] : []
    content {
      pubsub_topic                   = google_pubsub_topic.topic[all_updates_rule.value].id
      schema_version                 = "1.0"
      disable_default_iam_recipients = false # people get their mail as well
    }
  }

  depends_on = [google_project_service.needed]
}
