# What is connected with what. Nothing is contacted: the provider is a mock that makes up what only the platform could tell.

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }
  mock_data "google_cloud_run_v2_service" {
    defaults = { template = [{ containers = [{ image = "asia-southeast2-docker.pkg.dev/kentongan-sagara/kentongan/image:version_1" }] }] }
  }
}

variables {
  project_id       = "kentongan-sagara"
  source_secrets   = {}
  receiver_secrets = {}
  link_key         = ""
  handle_key       = ""
  ingest_key       = ""
  viewer_token     = ""
}

run "defaults" {
  assert {
    condition     = toset(keys(google_cloud_run_v2_service.stage)) == toset(["classify", "collect", "dashboard", "detect", "notify", "report"])
    error_message = "Every stage is a service of its own name; desk and the guard are off by default."
  }
  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.people) == 0
    error_message = "Nothing is open to anybody by default."
  }
  assert {
    condition     = length(google_secret_manager_secret.secret) == 0 && length(google_secret_manager_secret_iam_member.stage) == 0
    error_message = "There are no secrets by default."
  }
  assert {
    condition     = length(google_project_iam_member.gemini) == 0 && !contains(keys(google_project_service.needed), "aiplatform.googleapis.com")
    error_message = "Nobody may ask Gemini by default."
  }
  assert {
    condition     = length(google_monitoring_alert_policy.trouble) == 0 && length(google_billing_budget.month) == 0 && length(google_iap_web_cloud_run_service_iam_member.viewer) == 0
    error_message = "What may cost money or needs more rights is off by default."
  }
  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.stage : !service.iap_enabled])
    error_message = "No proxy by default."
  }
  assert {
    condition     = keys(google_firestore_field.changed_at) == keys(google_firestore_field.data) && alltrue([for field in google_firestore_field.changed_at : length(field.index_config[0].indexes) == 0])
    error_message = "The time of writing is not indexed, in any collection."
  }
  assert {
    condition     = strcontains(google_logging_project_exclusion.requests.filter, "service_name=(\"classify\" OR \"collect\" OR \"dashboard\"") && endswith(google_logging_project_exclusion.requests.filter, " AND (httpRequest.status<400 OR resource.labels.service_name=(\"dashboard\"))")
    error_message = "Request lines of our services that went well are not kept; failures are, but where people come."
  }
  assert {
    condition     = length(google_cloud_scheduler_job.job) == 3
    error_message = "Three Scheduler jobs are free."
  }
  assert {
    condition     = length(google_project_iam_custom_role.pause) == 0 && length(google_project_iam_member.pause) == 0 && !contains(keys(google_pubsub_topic.topic), "costs-reported")
    error_message = "Nothing listens to a budget, and nobody may pause the jobs, by default."
  }
  assert {
    condition     = length(google_storage_bucket.archive) == 0 && length(google_bigquery_dataset.archive) == 0 && length(google_bigquery_table.archive) == 0 && length(google_cloud_run_domain_mapping.dashboard) == 0
    error_message = "No archive and no domain by default."
  }
}

run "everything" {
  variables {
    desk_enabled     = true
    dashboard_access = "token"
    gemini_location  = "global"
    secret_versions  = { collect = 1, notify = 1, web = 2 }
    source_secrets   = { ARSIP = "kunci" }
    receiver_secrets = { PUSDALOPS = "whsec_bukan-kunci" }
    link_key         = "0123456789abcdef0123456789abcdef"
    handle_key       = "abcdef0123456789abcdef0123456789"
    ingest_key       = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
    viewer_token     = "0123456789abcdef0123 33.99:0123456789abcdef0123 BGN:0123456789abcdef0123"
  }

  # services

  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.stage : service.template[0].containers[0].image == local.image && endswith(local.image, ":version_1")])
    error_message = "All services run the image that was built once."
  }
  assert {
    condition = alltrue([for name, service in google_cloud_run_v2_service.stage : alltrue([
      for key, value in {
        FUNCTION_TARGET      = name, FUNCTION_SOURCE = "functions/${name}/main.py", PYTHONPATH = "/workspace", BACKEND = "gcp",
        GOOGLE_CLOUD_PROJECT = var.project_id, THREADS = tostring(service.template[0].max_instance_request_concurrency)
      } : contains([for env in service.template[0].containers[0].env : env.value if env.name == key], value)
    ])])
    error_message = "Each service starts its own function, finds the program, and has a thread for each request."
  }
  assert {
    condition     = alltrue([for name, service in google_cloud_run_v2_service.stage : service.template[0].service_account == google_service_account.stage[name].email])
    error_message = "Each service runs as its own account."
  }
  assert {
    condition     = length(distinct(concat(values(google_service_account.stage)[*].email, values(google_service_account.caller)[*].email, [google_service_account.image.email]))) == 10
    error_message = "One account per service, two that call, one that builds: none shared."
  }
  assert {
    condition     = { for name, service in google_cloud_run_v2_service.stage : name => service.template[0].scaling[0].max_instance_count } == { classify = 2, collect = 1, dashboard = 2, desk = 1, detect = 1, notify = 2, report = 1 }
    error_message = "Instances are capped."
  }
  assert {
    condition     = google_cloud_run_v2_service.stage["detect"].template[0].max_instance_request_concurrency == 32 && google_cloud_run_v2_service.stage["detect"].template[0].timeout == "540s"
    error_message = "detect is one writer on which pushes wait together."
  }
  assert {
    condition = alltrue([for service in google_cloud_run_v2_service.stage :
      service.template[0].max_instance_request_concurrency == 1 || tonumber(service.template[0].containers[0].resources[0].limits["cpu"]) >= 1
    ])
    error_message = "Cloud Run refuses several requests at a time on less than one CPU."
  }
  assert {
    condition     = alltrue([for service in google_cloud_run_v2_service.stage : service.template[0].containers[0].resources[0].cpu_idle && !service.template[0].containers[0].resources[0].startup_cpu_boost && service.template[0].scaling[0].min_instance_count == 0])
    error_message = "No service is billed while it waits, nor for more than it is given."
  }

  # who may call

  assert {
    condition     = { for name, grant in google_cloud_run_v2_service_iam_member.caller : name => grant.member } == { for name, caller in { classify = "push", collect = "scheduler", detect = "push", notify = "push", report = "scheduler" } : name => google_service_account.caller[caller].member }
    error_message = "Each service that machines call has exactly one caller."
  }
  assert {
    condition     = toset([for name, service in google_cloud_run_v2_service.stage : name if service.invoker_iam_disabled]) == toset(["dashboard", "desk"])
    error_message = "People reach the dashboard and desk, and nothing else."
  }
  assert {
    condition     = !anytrue([for grant in concat(values(google_cloud_run_v2_service_iam_member.people), values(google_cloud_run_v2_service_iam_member.caller)) : startswith(grant.member, "all")])
    error_message = "Organisations that admit their own people alone refuse a grant to allUsers."
  }
  assert {
    condition     = endswith(google_logging_project_exclusion.requests.filter, " OR resource.labels.service_name=(\"dashboard\" OR \"desk\"))")
    error_message = "No address with a token is kept, whatever came of the request."
  }

  # subscriptions and jobs: the token that arrives is the one that the function expects

  assert {
    condition = alltrue([for topic, subscription in google_pubsub_subscription.push : alltrue([
      for key, value in {
        PUSH_AUDIENCE = subscription.push_config[0].oidc_token[0].audience
        PUSH_EMAIL    = subscription.push_config[0].oidc_token[0].service_account_email
      } : contains([for env in google_cloud_run_v2_service.stage[local.consumers[topic]].template[0].containers[0].env : env.value if env.name == key], value)
    ])])
    error_message = "A push carries the audience and the account that its function checks."
  }
  assert {
    condition = alltrue([for name, job in google_cloud_scheduler_job.job : alltrue([
      for key, value in {
        PUSH_AUDIENCE = job.http_target[0].oidc_token[0].audience
        PUSH_EMAIL    = job.http_target[0].oidc_token[0].service_account_email
      } : contains([for env in google_cloud_run_v2_service.stage[local.jobs[name].stage].template[0].containers[0].env : env.value if env.name == key], value)
    ])])
    error_message = "A job carries the audience and the account that its function checks."
  }
  assert {
    condition     = { for topic, subscription in google_pubsub_subscription.push : topic => subscription.push_config[0].push_endpoint } == { for topic, stage in { alerts-changed = "notify", answers-given = "detect", mentions-classified = "detect", mentions-collected = "classify", tone-asked = "classify" } : topic => "https://${stage}-123456789012.asia-southeast2.run.app/" }
    error_message = "Each topic is pushed to its one consumer."
  }
  assert {
    condition     = { for name, job in google_cloud_scheduler_job.job : name => "${job.schedule} ${job.http_target[0].uri} ${job.time_zone}" } == { collect = "*/5 * * * * https://collect-123456789012.asia-southeast2.run.app/ Asia/Jakarta", tick = "*/15 * * * * https://detect-123456789012.asia-southeast2.run.app/tick Asia/Jakarta", report = "0,20 6 * * * https://report-123456789012.asia-southeast2.run.app/ Asia/Jakarta" }
    error_message = "Rounds every 5 minutes, ticks every 15, a report at 06:00, and again at 06:20."
  }
  assert {
    condition = alltrue([for topic, subscription in google_pubsub_subscription.push :
      subscription.ack_deadline_seconds <= 600 && "${subscription.ack_deadline_seconds - 60}s" == google_cloud_run_v2_service.stage[local.consumers[topic]].template[0].timeout
    ])
    error_message = "Pub/Sub waits longer than the function may take, and 600 s at most."
  }
  assert {
    condition     = alltrue([for subscription in concat(values(google_pubsub_subscription.push), values(google_pubsub_subscription.kept)) : subscription.expiration_policy[0].ttl == "" && subscription.message_retention_duration == "604800s"])
    error_message = "No subscription expires; messages wait for a week."
  }
  assert {
    condition     = alltrue([for subscription in google_pubsub_subscription.push : subscription.retry_policy[0].minimum_backoff == "10s" && subscription.retry_policy[0].maximum_backoff == "600s"])
    error_message = "Redelivery backs off."
  }
  assert {
    condition     = alltrue([for topic in google_pubsub_topic.topic : topic.message_storage_policy[0].allowed_persistence_regions == toset([var.region])])
    error_message = "Messages lie in the region."
  }

  # dead letters

  assert {
    condition     = alltrue([for subscription in google_pubsub_subscription.push : subscription.dead_letter_policy[0].dead_letter_topic == google_pubsub_topic.topic["dead-letters"].id && subscription.dead_letter_policy[0].max_delivery_attempts == 100])
    error_message = "What cannot be delivered becomes a dead letter."
  }
  assert {
    condition     = toset(keys(google_pubsub_subscription.kept)) == toset(["dead-letters", "quarantine"]) && alltrue([for subscription in google_pubsub_subscription.kept : length(subscription.push_config) == 0])
    error_message = "Dead letters and quarantined messages are kept for a person; without a subscription they would vanish."
  }
  assert {
    condition     = google_pubsub_topic_iam_member.dead_letters.member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com" && google_pubsub_topic_iam_member.dead_letters.topic == google_pubsub_topic.topic["dead-letters"].id
    error_message = "Pub/Sub's own account may publish dead letters."
  }
  assert {
    condition     = { for topic, grant in google_pubsub_subscription_iam_member.dead_letters : topic => grant.subscription } == { for topic, subscription in google_pubsub_subscription.push : topic => subscription.id }
    error_message = "Pub/Sub's own account may take dead letters from every subscription."
  }

  # least privilege

  assert {
    condition = toset([for grant in google_pubsub_topic_iam_member.publisher : "${grant.role} ${grant.member} ${grant.topic}"]) == toset(flatten([
      for stage, topics in {
        collect = ["mentions-collected"], classify = ["mentions-classified", "quarantine"], notify = ["quarantine"], desk = ["answers-given", "mentions-collected"]
        detect  = ["alerts-changed", "tone-asked", "quarantine"], report = ["alerts-changed"]
      } : [for topic in topics : "roles/pubsub.publisher ${google_service_account.stage[stage].member} ${google_pubsub_topic.topic[topic].id}"]
    ]))
    error_message = "Each stage publishes to its topics and to no others."
  }
  assert {
    condition     = { for name, grant in google_project_iam_member.database : name => "${grant.role} ${grant.member}" } == { for name, role in { collect = "user", detect = "user", notify = "user", report = "user", dashboard = "viewer" } : name => "roles/datastore.${role} ${google_service_account.stage[name].member}" }
    error_message = "The dashboard only reads; classify and desk have no way to the database."
  }
  assert {
    condition     = { for name, grant in google_secret_manager_secret_iam_member.stage : name => "${grant.member} ${grant.secret_id}" } == { for name, secret in { collect = "collect", notify = "notify", desk = "web", dashboard = "web" } : name => "${google_service_account.stage[name].member} ${google_secret_manager_secret.secret[secret].id}" }
    error_message = "A stage reads its own secret alone."
  }
  assert {
    condition     = { for name, service in google_cloud_run_v2_service.stage : name => one([for env in service.template[0].containers[0].env : env.value_source[0].secret_key_ref[0].secret if env.name == "SECRETS"]) } == { collect = "kentongan-collect", notify = "kentongan-notify", desk = "kentongan-web", dashboard = "kentongan-web", classify = null, detect = null, report = null }
    error_message = "A service is handed its own secret alone."
  }
  assert {
    condition     = alltrue([for version in google_secret_manager_secret_version.secret : version.secret_data == null && version.secret_data_wo == null])
    error_message = "No secret is kept in the state."
  }

  assert {
    condition     = [for grant in google_project_iam_member.gemini : "${grant.role} ${grant.member}"] == ["roles/aiplatform.user ${google_service_account.stage["classify"].member}"] && contains(keys(google_project_service.needed), "aiplatform.googleapis.com")
    error_message = "classify alone may ask Gemini."
  }
  assert {
    condition = { for name, service in google_cloud_run_v2_service.stage : name => {
      for env in service.template[0].containers[0].env : env.name => env.value if startswith(env.name, "GEMINI_")
      } if length([for env in service.template[0].containers[0].env : env if startswith(env.name, "GEMINI_")]) > 0 } == {
      classify = { GEMINI_LOCATION = "global", GEMINI_MODEL = "gemini-3.5-flash-lite" }
    }
    error_message = "classify alone is told whom to ask."
  }

  # links in notices

  assert {
    condition = toset([for env in google_cloud_run_v2_service.stage["notify"].template[0].containers[0].env : env.value if contains(["BASE_URL", "DESK_URL"], env.name)]) == toset([
      "https://dashboard-123456789012.asia-southeast2.run.app", "https://desk-123456789012.asia-southeast2.run.app"
    ])
    error_message = "Notices link to the dashboard and to desk."
  }

  # what is kept and what is not

  assert {
    condition     = google_firestore_database.database.name == "(default)" && google_firestore_database.database.type == "FIRESTORE_NATIVE" && google_firestore_database.database.database_edition == "STANDARD"
    error_message = "The free quota is for the default database, native, Standard."
  }
  assert {
    condition     = google_firestore_database.database.delete_protection_state == "DELETE_PROTECTION_ENABLED" && google_firestore_database.database.deletion_policy == "ABANDON"
    error_message = "terraform destroy leaves the data alone."
  }
  assert {
    condition     = alltrue([for field in google_firestore_field.data : field.field == "data" && length(field.index_config[0].indexes) == 0 && length(field.ttl_config) == 0])
    error_message = "Packed bytes are not indexed, and nothing has a TTL."
  }
  assert {
    condition     = google_storage_bucket.source.soft_delete_policy[0].retention_duration_seconds == 0 && google_storage_bucket.source.public_access_prevention == "enforced" && google_storage_bucket.source.location == "us-central1"
    error_message = "The bucket of the code is private, in a free region, and keeps nothing that was deleted."
  }
  assert {
    condition     = toset([for policy in google_artifact_registry_repository.images.cleanup_policies : policy.action]) == toset(["DELETE", "KEEP"]) && !google_artifact_registry_repository.images.cleanup_policy_dry_run
    error_message = "Old images are deleted."
  }
  assert {
    condition     = length(google_cloudfunctions2_function.image.build_config[0].on_deploy_update_policy) == 1 && length(google_cloudfunctions2_function.image.build_config[0].automatic_update_policy) == 0
    error_message = "The image must carry its own base, or no other service can run it."
  }
}

run "private_dashboard" {
  variables {
    secret_versions   = { web = 2 }
    dashboard_viewers = ["user:humas@sagara.example", "group:pimpinan@sagara.example"]
  }
  assert {
    condition     = toset([for grant in google_cloud_run_v2_service_iam_member.people : "${grant.name} ${grant.member}"]) == toset(["dashboard user:humas@sagara.example", "dashboard group:pimpinan@sagara.example"])
    error_message = "A private dashboard opens for those who are named."
  }
  assert {
    condition     = !anytrue([for service in google_cloud_run_v2_service.stage : service.invoker_iam_disabled])
    error_message = "Where the dashboard is private and desk is off, IAM is asked before every service."
  }
  assert {
    condition     = toset([for grant in google_cloud_run_v2_service_iam_member.viewer : "${grant.name} ${grant.role} ${grant.member}"]) == toset(["dashboard roles/run.viewer user:humas@sagara.example", "dashboard roles/run.viewer group:pimpinan@sagara.example"])
    error_message = "gcloud run services proxy looks the dashboard up for those who are named."
  }
  assert {
    condition     = contains(keys(google_secret_manager_secret_iam_member.stage), "dashboard")
    error_message = "A private dashboard reads the links in notices, too, and so needs their key."
  }
}

run "watched_and_behind_the_proxy" {
  variables {
    iap_enabled       = true
    dashboard_viewers = ["group:humas@sagara.example"]
    alert_email       = "tik@sagara.example"
    billing_account   = "012345-6789AB-CDEF01"
    budget            = 50000
  }

  assert {
    condition     = { for name, service in google_cloud_run_v2_service.stage : name => service.iap_enabled if service.iap_enabled } == { dashboard = true }
    error_message = "The proxy stands before the dashboard alone."
  }
  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.people : "${grant.name} ${grant.member}"] == ["dashboard serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com"]
    error_message = "Only the proxy calls the dashboard."
  }
  assert {
    condition     = [for grant in google_iap_web_cloud_run_service_iam_member.viewer : "${grant.role} ${grant.member} ${grant.cloud_run_service_name}"] == ["roles/iap.httpsResourceAccessor group:humas@sagara.example dashboard"]
    error_message = "The proxy lets in whom dashboard_viewers names."
  }
  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.viewer) == 0
    error_message = "Who comes through the proxy needs to see nothing of the service itself."
  }
  assert {
    condition     = contains([for env in google_cloud_run_v2_service.stage["dashboard"].template[0].containers[0].env : env.value if env.name == "IAP_AUDIENCE"], "/projects/123456789012/locations/asia-southeast2/services/dashboard")
    error_message = "The dashboard knows the audience of the proxy's header."
  }
  assert {
    condition     = strcontains(output.next_steps, "     https://dashboard-123456789012.asia-southeast2.run.app ") && !strcontains(output.next_steps, "run services proxy")
    error_message = "Behind the proxy the dashboard opens in a browser."
  }
  assert {
    condition     = [for one in google_monitoring_alert_policy.trouble["silence"].conditions[0].condition_threshold : [one.aggregations[0].cross_series_reducer, one.aggregations[0].per_series_aligner, one.comparison, one.evaluation_missing_data]] == [["REDUCE_SUM", "ALIGN_DELTA", "COMPARISON_LT", "EVALUATION_MISSING_DATA_ACTIVE"]]
    error_message = "A new version of collect is no silence; zeros are, and so is no word at all."
  }
  assert {
    condition     = [for one in google_monitoring_alert_policy.trouble["silence"].conditions[0].condition_threshold : one.filter] == ["resource.type = \"cloud_run_revision\" AND resource.labels.service_name = \"collect\" AND metric.type = \"run.googleapis.com/request_count\" AND metric.labels.response_code_class = \"2xx\""]
    error_message = "Calls of collect that fail are silence, too."
  }
  assert {
    condition     = [for one in google_monitoring_alert_policy.trouble["failed"].conditions[0].condition_threshold : one.filter] == ["resource.type = \"pubsub_subscription\" AND resource.labels.subscription_id = one_of(\"dead-letters\", \"quarantine\") AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""]
    error_message = "Whatever waits for a person is watched."
  }
  assert {
    condition     = toset(keys(google_monitoring_alert_policy.trouble)) == toset(["failed", "silence"]) && alltrue([for policy in google_monitoring_alert_policy.trouble : length(policy.notification_channels) == 1])
    error_message = "A person is told of messages that have failed and of silence."
  }
  assert {
    condition     = google_billing_budget.month["012345-6789AB-CDEF01"].budget_filter[0].projects == toset(["projects/123456789012"]) && google_billing_budget.month["012345-6789AB-CDEF01"].threshold_rules[*].threshold_percent == tolist([0.5, 1])
    error_message = "The budget is about this project, and tells at half and at all of it."
  }
  assert {
    condition     = alltrue([for api in ["billingbudgets", "iap", "monitoring"] : contains(keys(google_project_service.needed), "${api}.googleapis.com")])
    error_message = "Options bring their APIs."
  }
}

run "guarded_by_a_budget" {
  variables {
    billing_account = "012345-6789AB-CDEF01"
    budget          = 5
    guard_enabled   = true
  }

  assert {
    condition     = google_billing_budget.month["012345-6789AB-CDEF01"].all_updates_rule[0].pubsub_topic == google_pubsub_topic.topic["costs-reported"].id && google_billing_budget.month["012345-6789AB-CDEF01"].all_updates_rule[0].schema_version == "1.0" && !google_billing_budget.month["012345-6789AB-CDEF01"].all_updates_rule[0].disable_default_iam_recipients
    error_message = "The budget tells the guard, and still mails people."
  }
  assert {
    condition     = google_pubsub_subscription.push["costs-reported"].push_config[0].push_endpoint == "https://guard-123456789012.asia-southeast2.run.app/" && google_cloud_run_v2_service_iam_member.caller["guard"].member == google_service_account.caller["push"].member
    error_message = "What the budget says is pushed to the guard, by Pub/Sub alone."
  }
  assert {
    condition     = google_project_iam_custom_role.pause["guard"].permissions == toset(["cloudscheduler.jobs.pause"]) && [for grant in google_project_iam_member.pause : grant.member] == [google_service_account.stage["guard"].member]
    error_message = "The guard may pause jobs, and nobody else may; it may do nothing else to them."
  }
  assert {
    condition     = toset([for grant in google_pubsub_topic_iam_member.publisher : grant.topic if grant.member == google_service_account.stage["guard"].member]) == toset([for topic in ["alerts-changed", "quarantine"] : google_pubsub_topic.topic[topic].id])
    error_message = "The guard tells everybody, and sets aside what it cannot read."
  }
  assert {
    condition     = one([for env in google_cloud_run_v2_service.stage["guard"].template[0].containers[0].env : env.value if env.name == "SCHEDULER_JOBS"]) == join(" ", [for name in sort(keys(google_cloud_scheduler_job.job)) : "projects/kentongan-sagara/locations/asia-southeast2/jobs/${name}"])
    error_message = "The guard knows every job."
  }
  assert {
    condition     = alltrue([for job in google_cloud_scheduler_job.job : !job.paused])
    error_message = "An apply resumes what was paused."
  }
}

run "kept_for_years" {
  variables {
    archive       = true
    archive_years = 2
  }

  assert {
    condition     = google_storage_bucket.archive["archive"].location == var.region && google_bigquery_dataset.archive["archive"].location == var.region
    error_message = "BigQuery reads only buckets of its own region."
  }
  assert {
    condition     = google_storage_bucket.archive["archive"].public_access_prevention == "enforced" && !google_storage_bucket.archive["archive"].force_destroy && one(one(google_storage_bucket.archive["archive"].lifecycle_rule).condition).age == 732
    error_message = "The archive is private, is not destroyed with the rest, and ends after its years."
  }
  assert {
    condition     = [for grant in google_storage_bucket_iam_member.archive : "${grant.role} ${grant.member} ${grant.bucket}"] == ["roles/storage.objectUser ${google_service_account.stage["report"].member} kentongan-sagara-kentongan-archive"]
    error_message = "report alone writes to the archive."
  }
  assert {
    condition     = { for name, service in google_cloud_run_v2_service.stage : name => one([for env in service.template[0].containers[0].env : env.value if env.name == "ARCHIVE"]) if length([for env in service.template[0].containers[0].env : env if env.name == "ARCHIVE"]) > 0 } == { report = "kentongan-sagara-kentongan-archive" }
    error_message = "report alone is told where the archive is."
  }
  assert {
    condition     = google_bigquery_table.archive["archive"].external_data_configuration[0].source_uris == tolist(["gs://kentongan-sagara-kentongan-archive/mentions/*.jsonl.gz"]) && !google_bigquery_table.archive["archive"].external_data_configuration[0].autodetect
    error_message = "The table lies over every day's file, with columns that are written down."
  }
}

run "under_a_name_of_its_own" {
  variables {
    region           = "us-central1"
    domain           = "kentongan.sagara.example"
    dashboard_access = "public"
  }

  assert {
    condition     = [for mapping in google_cloud_run_domain_mapping.dashboard : "${mapping.name} ${mapping.spec[0].route_name} ${mapping.location}"] == ["kentongan.sagara.example dashboard us-central1"]
    error_message = "The name leads to the dashboard alone."
  }
  assert {
    condition     = alltrue([for name in ["dashboard", "notify"] : contains([for env in google_cloud_run_v2_service.stage[name].template[0].containers[0].env : env.value if env.name == "BASE_URL"], "https://kentongan.sagara.example")]) && output.dashboard_url == "https://kentongan.sagara.example"
    error_message = "Links in notices bear the name."
  }
}

run "built_elsewhere" {
  variables {
    image_region = "asia-east1"
  }
  assert {
    condition = toset([
      google_artifact_registry_repository.images.location, google_artifact_registry_repository_iam_member.image.location,
      google_cloudfunctions2_function.image.location, data.google_cloud_run_v2_service.image.location,
    ]) == toset(["asia-east1"])
    error_message = "Repository, function and build share a region."
  }
  assert {
    condition     = toset([for service in google_cloud_run_v2_service.stage : service.location]) == toset(["asia-southeast2"]) && google_firestore_database.database.location_id == "asia-southeast2"
    error_message = "Everything else, and all data, stays in region."
  }
}
