# Who watches the watchman: mail to a person where Kentongan itself cannot tell that it is in trouble. All of it is optional, for
# alert policies may cost money and a budget needs rights on the billing account. Nothing here ever switches billing off.

locals {
  alerts = var.alert_email == "" ? {} : {
    "failed" = {
      name    = "Kentongan: pesan gagal menunggu (dead letters, karantina)"
      what    = "resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(${join(", ", [for name in sort(local.kept) : "\"${name}\""])}) AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      aligner = "ALIGN_MAX", absent = false
      then    = "Lihat docs/operations.md, bagian Pesan gagal (dead letters) dan karantina: ./kentongan dlq list, lalu retry atau drop; sesudah seminggu hilang."
    }
    "silence" = { # rounds that went well are life; calls that are refused or break off are none
      name    = "Kentongan: pengambilan berita berhenti"
      what    = "resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"collect\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"2xx\""
      aligner = "ALIGN_COUNT", absent = true
      then    = "Selama satu jam tidak satu pun putaran collect selesai. Lihat docs/operations.md, bagian Berhenti mengambil berita."
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

    dynamic "condition_threshold" {
      for_each = each.value.absent ? [] : [each.value]
      content {
        filter          = condition_threshold.value.what
        comparison      = "COMPARISON_GT"
        threshold_value = 0
        duration        = "300s"
        aggregations {
          alignment_period   = "300s"
          per_series_aligner = condition_threshold.value.aligner
        }
      }
    }

    dynamic "condition_absent" {
      for_each = each.value.absent ? [each.value] : []
      content {
        filter   = condition_absent.value.what
        duration = "3600s"
        aggregations {
          alignment_period     = "300s"
          per_series_aligner   = condition_absent.value.aligner
          cross_series_reducer = "REDUCE_SUM" # each revision and status is a series of its own, and old ones fall silent
        }
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
