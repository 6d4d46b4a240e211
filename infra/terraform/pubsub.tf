locals {
  kept      = toset(["dead-letters", "quarantine"]) # what a person looks at: nobody is called, messages wait for a week
  topics    = setunion(local.kept, flatten([for stage in local.deployed : concat(stage.publishes, stage.consumes)]))
  consumers = merge([for name, stage in local.deployed : { for topic in stage.consumes : topic => name }]...)

  week = "604800s"
}

resource "google_pubsub_topic" "topic" {
  # checkov:skip=CKV_GCP_83: keys of one's own cost money each month; Google's encryption stays on, and the news is public

  for_each = local.topics

  name = each.key
  message_storage_policy {
    allowed_persistence_regions = [var.region] # without it, data lies wherever Google finds it best
  }
  depends_on = [google_project_service.needed]
}

resource "google_pubsub_subscription" "push" {
  for_each = local.consumers

  name                       = each.key
  topic                      = google_pubsub_topic.topic[each.key].id
  ack_deadline_seconds       = local.deployed[each.value].timeout + 60 # longer than the function may take, cold start included
  message_retention_duration = local.week

  push_config {
    push_endpoint = "${local.urls[each.value]}/"
    oidc_token {
      service_account_email = google_service_account.caller[local.deployed[each.value].caller].email
      audience              = local.urls[each.value]
    }
  }

  # A message that can never be read is put into quarantine by the function itself. What fails here is an outage, which passes:
  # 100 attempts with these pauses are about 16 hours.
  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.topic["dead-letters"].id
    max_delivery_attempts = 100
  }
  expiration_policy {
    ttl = "" # never; else deleted after 31 quiet days
  }

  depends_on = [google_cloud_run_v2_service_iam_member.caller]
}

resource "google_pubsub_subscription" "kept" {
  for_each = local.kept

  name                       = each.key
  topic                      = google_pubsub_topic.topic[each.key].id
  ack_deadline_seconds       = 60
  message_retention_duration = local.week
  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself moves dead letters, by its own account, and needs the right to: else it delivers for ever.

locals {
  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic_iam_member" "dead_letters" {
  topic  = google_pubsub_topic.topic["dead-letters"].id
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letters" {
  for_each = google_pubsub_subscription.push

  subscription = each.value.id
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}
