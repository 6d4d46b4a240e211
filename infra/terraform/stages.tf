# The one table of the deployment. Everything else follows from it: services, accounts, rights, topics, subscriptions.
#
#   cpu, memory    at least 1 cpu where concurrency is above 1: Cloud Run asks for it
#   concurrency    requests that one instance works on at the same time = threads
#   timeout        seconds for one request
#   caller         the one account that may call: push (Pub/Sub) or scheduler; null where people come
#   consumes       topics that are pushed to it, as in shared/messages.py
#   publishes      topics that it may write to
#   database       user, viewer or null. IAM cannot scope Firestore by collection: who may write may write everything
#   secret         the one secret that it may read, or null

locals {
  stages = {
    collect = {
      cpu      = "0.5", memory = "512Mi", concurrency = 1, max_instances = 1, timeout = 60 # mostly waits, and waiting is billed by cpu
      caller   = "scheduler", consumes = [], publishes = ["mentions-collected"]
      database = "user", secret = "collect"
    }
    classify = {
      cpu      = "1", memory = "512Mi", concurrency = 4, max_instances = 2, timeout = 120
      caller   = "push", consumes = ["mentions-collected", "tone-asked"], publishes = ["mentions-classified", "quarantine"]
      database = null, secret = null
    }
    detect = {
      # the single writer: waiting pushes share its one commit, a second instance would only be fenced off
      cpu      = "1", memory = "1Gi", concurrency = 32, max_instances = 1, timeout = 540
      caller   = "push", consumes = ["mentions-classified", "answers-given"], publishes = ["alerts-changed", "tone-asked", "quarantine"]
      database = "user", secret = null
    }
    notify = {
      cpu      = "1", memory = "512Mi", concurrency = 8, max_instances = 2, timeout = 540 # a mail server may take 100 s for a letter
      caller   = "push", consumes = ["alerts-changed"], publishes = ["quarantine"]
      database = "user", secret = "notify"
    }
    desk = {
      cpu      = "1", memory = "512Mi", concurrency = 20, max_instances = 1, timeout = 30
      caller   = null, consumes = [], publishes = ["answers-given", "mentions-collected"] # answers of people; items at /ingest
      database = null, secret = "web"
    }
    dashboard = {
      cpu      = "1", memory = "512Mi", concurrency = 20, max_instances = 2, timeout = 30
      caller   = null, consumes = [], publishes = []
      database = "viewer", secret = "web" # its LINK_KEY reads the links in notices; DASHBOARD_ACCESS alone says who comes in
    }
    guard = {
      cpu      = "0.5", memory = "512Mi", concurrency = 1, max_instances = 1, timeout = 60
      caller   = "push", consumes = ["costs-reported"], publishes = ["alerts-changed", "quarantine"] # billing writes to the first
      database = "user", secret = null
    }
    report = {
      cpu      = "1", memory = "512Mi", concurrency = 1, max_instances = 1, timeout = 540
      caller   = "scheduler", consumes = [], publishes = ["alerts-changed"]
      database = "user", secret = null
    }
  }

  optional = { desk = var.desk_enabled, guard = var.guard_enabled }
  deployed = { for name, stage in local.stages : name => stage if lookup(local.optional, name, true) }
  called   = { for name, stage in local.deployed : name => stage if stage.caller != null }

  # Cloud Run's deterministic addresses. A service's own `uri` is known only after it exists, too late for its own environment
  # (PUSH_AUDIENCE) and for links to its siblings (BASE_URL, DESK_URL).
  urls = { for name, _ in local.deployed : name => "https://${name}-${data.google_project.this.number}.${var.region}.run.app" }
}
