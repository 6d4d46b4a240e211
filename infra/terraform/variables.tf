variable "project_id" {
  description = "Id of the Google Cloud project, used for Kentongan alone: names of topics and services are not prefixed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id must be the project's id (6 to 30 lower-case letters, digits, hyphens), not its name or number; `gcloud projects list` shows it."
  }
}

variable "region" {
  description = "Where everything runs and all data lies. The database cannot move later: choose before the first apply."
  type        = string
  default     = "asia-southeast2" # Jakarta
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region must be a region such as asia-southeast2 (Jakarta) or us-central1, not a zone (asia-southeast2-a) or a multi-region (asia)."
  }
}

variable "source_region" {
  description = "Where the uploaded code lies (code only, no data). Storage is free in three regions of the United States."
  type        = string
  default     = "us-central1"
  nullable    = false

  validation {
    condition     = contains(["us-central1", "us-east1", "us-west1", var.region], var.source_region)
    error_message = "source_region must be us-central1, us-east1 or us-west1 (free), or the same as region (a few rupiah a month)."
  }
}

variable "image_region" {
  description = "Where the image is built and kept (code only, no data), if not in region: Google lets some new projects build in a few regions only."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([a-z]+-[a-z]+[0-9]+)?$", var.image_region))
    error_message = "image_region must be a region such as asia-east1 (Taiwan), or \"\" for the same as region."
  }
}

variable "timezone" {
  description = "Zone in which the daily report is due at 06:00."
  type        = string
  default     = "Asia/Jakarta"
  nullable    = false

  validation {
    condition     = contains(["Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura"], var.timezone)
    error_message = "timezone must be Asia/Jakarta or Asia/Pontianak (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)."
  }
}

variable "desk_enabled" {
  description = "Answer links in notices (Saya tangani, Jeda, ...). Creates desk, the only public service that accepts anything."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.desk_enabled || alltrue([for name in ["notify", "web"] : contains(keys(var.secret_versions), name)])
    error_message = "desk_enabled needs link_key in two secrets: set link_key and secret_versions = { notify = 1, web = 1 }."
  }
}

variable "dashboard_access" {
  description = "Who may open the dashboard: private (dashboard_viewers, by Google account), token (whoever has viewer_token), public (everybody)."
  type        = string
  default     = "private"
  nullable    = false

  validation {
    condition     = contains(["private", "token", "public"], var.dashboard_access)
    error_message = "dashboard_access must be private, token or public."
  }
  validation {
    condition     = var.dashboard_access != "token" || contains(keys(var.secret_versions), "web")
    error_message = "dashboard_access = \"token\" needs the token: set viewer_token and secret_versions = { web = 1 }."
  }
}

variable "iap_enabled" {
  description = "Puts Identity-Aware Proxy before a private dashboard: dashboard_viewers log in with their Google accounts in any browser, without gcloud. The project must belong to an organisation."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.iap_enabled || var.dashboard_access == "private"
    error_message = "iap_enabled is for a private dashboard: set dashboard_access = \"private\", or leave iap_enabled out."
  }
  validation {
    condition     = !var.iap_enabled || length(var.dashboard_viewers) > 0
    error_message = "iap_enabled without dashboard_viewers lets in nobody: name them, such as dashboard_viewers = [\"group:humas@example.go.id\"]."
  }
}

variable "iap_audience" {
  description = "Where a proxy of your own, such as one on a load balancer, stands before a private dashboard: the audience of its signed header. With iap_enabled it is known already."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(/projects/[0-9]+/.+)?$", var.iap_audience))
    error_message = "iap_audience must look like /projects/123456789/locations/asia-southeast2/services/dashboard; leave it empty where no proxy stands before the dashboard."
  }
}

variable "dashboard_viewers" {
  description = "Who may open a private dashboard, as IAM members: user:name@example.go.id, group:humas@example.go.id."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for member in var.dashboard_viewers : can(regex("^(user|group|domain|serviceAccount):[^:]+$", member))])
    error_message = "Each of dashboard_viewers must look like user:name@example.go.id or group:humas@example.go.id; for everybody use dashboard_access."
  }
}

variable "gemini_location" {
  description = "Where Gemini on Vertex AI gives second opinions: global, us, eu or a region. Empty: off, no text leaves the project. The daily cap is second_opinion_tokens in kentongan.yaml; without it nobody is asked either."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(|global|us|eu|[a-z]+-[a-z]+[0-9]+)$", var.gemini_location))
    error_message = "gemini_location must be global, us, eu or a region such as asia-southeast1; leave it empty to switch second opinions off."
  }
}

variable "gemini_model" {
  description = "The model that gives second opinions. Not every model answers in every location."
  type        = string
  default     = "gemini-3.5-flash-lite"
  nullable    = false

  validation {
    condition     = can(regex("^gemini-[a-z0-9.-]+$", var.gemini_model))
    error_message = "gemini_model must be a model's id such as gemini-3.5-flash-lite."
  }
}

variable "gemini_url" {
  description = "Another address than the location's own, where a model answers there alone. Empty: the location's own."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = var.gemini_url == "" || can(regex("^https://([a-z0-9-]+\\.)+googleapis\\.com/?$", var.gemini_url))
    error_message = "gemini_url must be an https:// address of googleapis.com such as https://aiplatform.googleapis.com: the project's token goes there."
  }
  validation {
    condition     = var.gemini_url == "" || var.gemini_location != ""
    error_message = "gemini_url alone asks nobody: set gemini_location as well, or leave gemini_url out."
  }
}

variable "secret_versions" {
  description = "Which secrets exist (collect, notify, web), each with a number. Raise a number to write the values given below anew."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.secret_versions), ["collect", "notify", "web"])) == 0
    error_message = "secret_versions knows only collect, notify and web."
  }
  validation {
    condition     = alltrue([for number in values(var.secret_versions) : number >= 1 && floor(number) == number])
    error_message = "secret_versions counts 1, 2, 3, ...; raise the number when a value has changed."
  }
}

# The values: written once per number in secret_versions, kept neither in the state nor in a plan. Give them as TF_VAR_...

variable "source_secrets" {
  description = "Keys of sources by name."
  type        = map(string)
  default     = {}
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.source_secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "Names in source_secrets are capital letters, digits and _, as in kentongan.yaml."
  }
  validation {
    condition     = length(var.source_secrets) == 0 || contains(keys(var.secret_versions), "collect")
    error_message = "source_secrets is kept in the secret collect, which is switched off: add collect = 1 to secret_versions, or leave source_secrets out."
  }
}

variable "receiver_secrets" {
  description = "Signing keys of receivers (whsec_...) by the name that kentongan.yaml gives them under `secret`."
  type        = map(string)
  default     = {}
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.receiver_secrets) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "Names in receiver_secrets are capital letters, digits and _, as in kentongan.yaml."
  }
  validation {
    condition     = length(var.receiver_secrets) == 0 || contains(keys(var.secret_versions), "notify")
    error_message = "receiver_secrets is kept in the secret notify, which is switched off: add notify = 1 to secret_versions, or leave receiver_secrets out."
  }
}

variable "link_key" {
  description = "Key that signs answer links: `openssl rand -hex 32`. For a change-over two keys with a space between, the new one first."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = alltrue([for key in split(" ", var.link_key) : var.link_key == "" || length(key) >= 32])
    error_message = "link_key is too short to be safe; take what `openssl rand -hex 32` prints."
  }
  validation {
    condition     = var.link_key == "" || length(setintersection(keys(var.secret_versions), ["notify", "web"])) > 0
    error_message = "link_key is kept in the secrets notify and web, which are switched off: set secret_versions = { notify = 1, web = 1 }, or leave link_key out."
  }
}

variable "handle_key" {
  description = "Key of the pseudonyms of private persons' accounts: `openssl rand -hex 32`. Without it accounts are not told apart."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = var.handle_key == "" || length(var.handle_key) >= 32
    error_message = "handle_key is too short to be safe; take what `openssl rand -hex 32` prints."
  }
  validation {
    condition     = var.handle_key == "" || contains(keys(var.secret_versions), "collect")
    error_message = "handle_key is kept in the secret collect, which is switched off: add collect = 1 to secret_versions, or leave handle_key out."
  }
}

variable "ingest_key" {
  description = "Keys of those who may send items to desk's /ingest: `echo whsec_$(openssl rand -base64 24)`, two with a space between for a change-over. Empty: switched off."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = alltrue([for key in split(" ", var.ingest_key) : var.ingest_key == "" || can(regex("^whsec_[A-Za-z0-9+/]{32,}={0,2}$", key))])
    error_message = "ingest_key holds something else than whsec_ keys; take what `echo whsec_$(openssl rand -base64 24)` prints."
  }
  validation {
    condition     = var.ingest_key == "" || contains(keys(var.secret_versions), "web")
    error_message = "ingest_key is kept in the secret web, which is switched off: add web = 1 to secret_versions, or leave ingest_key out."
  }
}

variable "viewer_token" {
  description = "Token that opens the dashboard where dashboard_access is token: `openssl rand -hex 16`. Several with spaces between; 33.99:TOKEN opens that agency alone."
  type        = string
  default     = ""
  ephemeral   = true
  sensitive   = true
  nullable    = false

  validation {
    condition     = var.viewer_token == "" || can(regex("^(((\\d\\d(\\.\\d\\d)?|[A-Z][A-Z0-9]{1,15}):)?[A-Za-z0-9_-]{20,}( |$))+$", var.viewer_token))
    error_message = "viewer_token travels in an address: at least 20 letters, digits, - or _; take what `openssl rand -hex 16` prints. Before a colon stands an agency's id: 33.99 or BGN."
  }
  validation {
    condition     = var.viewer_token == "" || contains(keys(var.secret_versions), "web")
    error_message = "viewer_token is kept in the secret web, which is switched off: add web = 1 to secret_versions, or leave viewer_token out."
  }
}

variable "archive" {
  description = "Keeps each day's mentions (headlines, no texts) as JSON Lines in a bucket under a BigQuery table, for years. Storage in Jakarta is never free."
  type        = bool
  default     = false
  nullable    = false
}

variable "archive_years" {
  description = "After how many years the archive's files are deleted, as your office's retention schedule says."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.archive_years >= 1 && var.archive_years <= 50 && floor(var.archive_years) == var.archive_years
    error_message = "archive_years must be a whole number of years, 1 to 50; to keep nothing set archive = false."
  }
}

variable "domain" {
  description = "A name of your own for the dashboard, such as kentongan.sagara.go.id, in regions where Cloud Run maps domains (not Jakarta). The domain must be verified as yours: `gcloud domains verify`."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^(([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,})?$", var.domain))
    error_message = "domain must be a name such as kentongan.sagara.go.id, without https:// and without a path."
  }
  validation {
    condition     = var.domain == "" || contains(local.mapping_regions, var.region)
    error_message = "Cloud Run maps no domains in this region (Jakarta is one of those): leave domain out, or put a load balancer of your own before the dashboard, see docs/deploy.md."
  }
  validation {
    condition     = var.domain == "" || var.dashboard_access != "private" || var.iap_enabled
    error_message = "A private dashboard answers 403 to every browser under a domain: set iap_enabled = true with dashboard_viewers, or dashboard_access = \"token\"; or leave domain out."
  }
}

variable "rebuild" {
  description = "Any new word, such as a date, builds the image anew from the same code, with the current fixes of Python and its system."
  type        = string
  default     = ""
  nullable    = false
}

variable "alert_email" {
  description = "Who gets a mail where messages have failed for good (dead letters, quarantine) or no round of collect has gone well for an hour. Empty: nobody. Alert policies may cost money, see https://cloud.google.com/stackdriver/pricing."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([^@ ]+@[^@ ]+\\.[^@ ]+)?$", var.alert_email))
    error_message = "alert_email must be one e-mail address such as tik@example.go.id; leave it empty to switch the alerts off."
  }
}

variable "billing_account" {
  description = "Id of the billing account, for a budget that mails its administrators at 50 % and 100 %. Needs the right to make budgets on it. Empty: no budget."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^([0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6})?$", var.billing_account))
    error_message = "billing_account must look like 012345-6789AB-CDEF01; `gcloud billing accounts list` shows it. Leave it empty for no budget."
  }
}

variable "guard_enabled" {
  description = "Half of the budget thins the sources; all of it tells every receiver that Kentongan stops watching, and then pauses the Scheduler jobs until somebody resumes them. Billing stays on. Only with billing_account."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.guard_enabled || var.billing_account != ""
    error_message = "guard_enabled needs a budget to listen to: set billing_account (`gcloud billing accounts list` shows it), or leave guard_enabled out."
  }
}

variable "budget" {
  description = "The month's budget, a whole number in the currency of the billing account (the console, Billing, shows it): 50000 where that is rupiah, 5 where it is dollars. Needed with billing_account."
  type        = number
  default     = null

  validation {
    condition     = var.budget == null ? true : var.budget >= 1 && floor(var.budget) == var.budget
    error_message = "budget must be a whole number above 0, in the currency of the billing account: 50000 (rupiah), 5 (dollars)."
  }
  validation {
    condition     = var.billing_account == "" || var.budget != null
    error_message = "billing_account needs a budget, in the currency of that account: budget = 50000 where that is rupiah, budget = 5 where it is dollars. The console, Billing, shows the currency."
  }
  validation {
    condition     = var.billing_account != "" || var.budget == null
    error_message = "budget alone watches nothing: set billing_account as well (`gcloud billing accounts list` shows it), or leave budget out."
  }
}
