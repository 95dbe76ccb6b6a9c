-- The schema `public` of the reference database: 30 tables and the view `auditlog`.
-- Loads after auth.sql.

BEGIN;

CREATE TYPE public.enum_admin_role AS ENUM ('Super Admin', 'Manager', 'Support');
CREATE TYPE public.enum_auditlog_change_type AS ENUM ('INSERT', 'UPDATE', 'DELETE', 'LOGIN', 'LOGOUT', 'VIEW', 'EXPORT');
CREATE TYPE public.enum_newsfeedpost_priority AS ENUM ('Low', 'Normal', 'High', 'Urgent');
CREATE TYPE public.enum_newsfeedpost_status AS ENUM ('Draft', 'Published', 'Scheduled', 'Archived');
CREATE TYPE public.enum_user_addresses_address_type AS ENUM ('primary', 'billing', 'shipping');
CREATE TYPE public.enum_user_agreements_agreement_type AS ENUM ('TERMS_CONDITIONS', 'PAYMENT_AUTHORIZATION');
CREATE TYPE public.enum_user_billing_schedules_billing_cycle AS ENUM ('MONTHLY', 'QUARTERLY', 'YEARLY');
CREATE TYPE public.enum_user_contacts_contact_type AS ENUM ('phone', 'email', 'emergency');
CREATE TYPE public.enum_user_memberships_verification_status AS ENUM ('PENDING', 'VERIFIED', 'FAILED', 'SKIPPED');
CREATE TYPE public.enum_user_payment_methods_method_subtype AS ENUM ('apple_pay', 'google_pay', 'cash_app');
CREATE TYPE public.enum_user_payment_methods_method_type AS ENUM ('card', 'bank_account', 'digital_wallet');
CREATE TYPE public.enum_user_payment_methods_provider AS ENUM ('stripe', 'paypal', 'bank');
CREATE TYPE public.enum_user_payments_payment_type AS ENUM ('initial', 'recurring', 'one_time');
CREATE TYPE public.enum_user_payments_provider AS ENUM ('stripe', 'paypal', 'bank');
CREATE TYPE public.enum_user_payments_status AS ENUM ('succeeded', 'pending', 'failed', 'refunded', 'canceled');
CREATE TYPE public.enum_user_subscriptions_provider AS ENUM ('stripe', 'paypal');
CREATE TYPE public.enum_user_subscriptions_status AS ENUM ('active', 'past_due', 'canceled', 'incomplete', 'trialing', 'unpaid');
CREATE TYPE public.enum_users_status AS ENUM ('Active', 'Inactive', 'Suspended', 'Pending');
CREATE TYPE public.member_status AS ENUM ('UNVERIFIED', 'PROSPECT', 'ACTIVE', 'PENDING');

CREATE SEQUENCE public.admin_id_seq AS integer;
CREATE TABLE public.admin (
    id integer DEFAULT nextval('public.admin_id_seq'::regclass) NOT NULL,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    email character varying NOT NULL,
    reset_password_token character varying,
    reset_password_expiration timestamp(3) with time zone,
    salt character varying,
    hash character varying,
    login_attempts numeric DEFAULT '0'::numeric,
    lock_until timestamp(3) with time zone,
    role public.enum_admin_role DEFAULT 'Manager'::public.enum_admin_role NOT NULL,
    CONSTRAINT admin_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.admin_id_seq OWNED BY public.admin.id;
CREATE INDEX admin_created_at_idx ON public.admin USING btree (created_at);
CREATE UNIQUE INDEX admin_email_idx ON public.admin USING btree (email);
CREATE INDEX admin_updated_at_idx ON public.admin USING btree (updated_at);

CREATE TABLE public.admin_alerts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    alert_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    title text NOT NULL,
    message text NOT NULL,
    severity text DEFAULT 'info'::text NOT NULL,
    category text NOT NULL,
    status text DEFAULT 'new'::text NOT NULL,
    related_entity jsonb,
    trigger_info jsonb,
    assigned_to integer,
    acknowledged_by integer,
    acknowledged_at timestamp with time zone,
    resolved_by integer,
    resolved_at timestamp with time zone,
    resolution_notes text,
    notifications_sent jsonb DEFAULT '[]'::jsonb,
    escalation jsonb,
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT admin_alerts_pkey PRIMARY KEY (id),
    CONSTRAINT admin_alerts_alert_id_key UNIQUE (alert_id),
    CONSTRAINT admin_alerts_category_check CHECK ((category = ANY (ARRAY['system'::text, 'security'::text, 'payment'::text, 'queue'::text, 'compliance'::text]))),
    CONSTRAINT admin_alerts_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text, 'critical'::text]))),
    CONSTRAINT admin_alerts_status_check CHECK ((status = ANY (ARRAY['new'::text, 'acknowledged'::text, 'investigating'::text, 'resolved'::text])))
);
CREATE INDEX idx_admin_alerts_category ON public.admin_alerts USING btree (category);
CREATE INDEX idx_admin_alerts_severity_status ON public.admin_alerts USING btree (severity, status);

CREATE TABLE public.admin_sessions (
    _order integer NOT NULL,
    _parent_id integer NOT NULL,
    id character varying NOT NULL,
    created_at timestamp(3) with time zone,
    expires_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT admin_sessions_pkey PRIMARY KEY (id)
);
CREATE INDEX admin_sessions_order_idx ON public.admin_sessions USING btree (_order);
CREATE INDEX admin_sessions_parent_id_idx ON public.admin_sessions USING btree (_parent_id);

CREATE TABLE public.disputes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    dispute_id text NOT NULL,
    payment_id uuid,
    user_id uuid NOT NULL,
    type text NOT NULL,
    status text DEFAULT 'needs_response'::text NOT NULL,
    reason text NOT NULL,
    amount numeric(12,2) NOT NULL,
    currency text DEFAULT 'USD'::text,
    stripe_dispute_id text,
    customer_message text,
    respond_by timestamp with time zone NOT NULL,
    evidence jsonb DEFAULT '{}'::jsonb,
    assigned_to integer,
    internal_notes jsonb DEFAULT '[]'::jsonb,
    resolution jsonb,
    impact jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT disputes_pkey PRIMARY KEY (id),
    CONSTRAINT disputes_dispute_id_key UNIQUE (dispute_id),
    CONSTRAINT disputes_status_check CHECK ((status = ANY (ARRAY['needs_response'::text, 'evidence_submitted'::text, 'under_review'::text, 'won'::text, 'lost'::text, 'warning_closed'::text]))),
    CONSTRAINT disputes_type_check CHECK ((type = ANY (ARRAY['chargeback'::text, 'refund_request'::text, 'fraud_claim'::text, 'duplicate_charge'::text])))
);
CREATE INDEX idx_disputes_status ON public.disputes USING btree (status);
CREATE INDEX idx_disputes_user_id ON public.disputes USING btree (user_id);

CREATE TABLE public.kyc_verification (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    verification_method text,
    document_type text,
    document_number text,
    document_front_url text,
    document_back_url text,
    selfie_url text,
    verification_provider text,
    provider_verification_id text,
    verification_data jsonb DEFAULT '{}'::jsonb,
    verified_at timestamp with time zone,
    expires_at timestamp with time zone,
    rejection_reason text,
    reviewer_id integer,
    reviewer_notes text,
    risk_score integer,
    risk_factors jsonb DEFAULT '[]'::jsonb,
    ip_address inet,
    user_agent text,
    geolocation jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT kyc_verification_pkey PRIMARY KEY (id),
    CONSTRAINT kyc_verification_document_type_check CHECK ((document_type = ANY (ARRAY['passport'::text, 'drivers_license'::text, 'national_id'::text, 'ssn'::text]))),
    CONSTRAINT kyc_verification_risk_score_check CHECK (((risk_score >= 0) AND (risk_score <= 100))),
    CONSTRAINT kyc_verification_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'in_review'::text, 'verified'::text, 'rejected'::text, 'expired'::text]))),
    CONSTRAINT kyc_verification_verification_method_check CHECK ((verification_method = ANY (ARRAY['manual'::text, 'stripe_identity'::text, 'plaid'::text, 'persona'::text, 'onfido'::text])))
);
CREATE INDEX idx_kyc_verification_status ON public.kyc_verification USING btree (status);
CREATE INDEX idx_kyc_verification_user_id ON public.kyc_verification USING btree (user_id);

CREATE TABLE public.membership_queue (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    queue_position integer,
    joined_queue_at timestamp with time zone DEFAULT now(),
    is_eligible boolean DEFAULT true,
    priority_score integer DEFAULT 0,
    subscription_active boolean DEFAULT false,
    total_months_subscribed integer DEFAULT 0,
    last_payment_date timestamp with time zone,
    lifetime_payment_total numeric(10,2) DEFAULT 0.00,
    has_received_payout boolean DEFAULT false,
    notes text,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT membership_queue_pkey PRIMARY KEY (id)
);
ALTER TABLE public.membership_queue ENABLE ROW LEVEL SECURITY;

CREATE SEQUENCE public.newsfeedpost_id_seq AS integer;
CREATE TABLE public.newsfeedpost (
    id integer DEFAULT nextval('public.newsfeedpost_id_seq'::regclass) NOT NULL,
    title character varying NOT NULL,
    content jsonb NOT NULL,
    admin_i_d_id_id integer NOT NULL,
    publish_date timestamp(3) with time zone NOT NULL,
    status public.enum_newsfeedpost_status DEFAULT 'Draft'::public.enum_newsfeedpost_status NOT NULL,
    priority public.enum_newsfeedpost_priority DEFAULT 'Normal'::public.enum_newsfeedpost_priority,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    CONSTRAINT newsfeedpost_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.newsfeedpost_id_seq OWNED BY public.newsfeedpost.id;

CREATE SEQUENCE public.payload_locked_documents_id_seq AS integer;
CREATE TABLE public.payload_locked_documents (
    id integer DEFAULT nextval('public.payload_locked_documents_id_seq'::regclass) NOT NULL,
    global_slug character varying,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payload_locked_documents_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.payload_locked_documents_id_seq OWNED BY public.payload_locked_documents.id;
CREATE INDEX payload_locked_documents_created_at_idx ON public.payload_locked_documents USING btree (created_at);
CREATE INDEX payload_locked_documents_global_slug_idx ON public.payload_locked_documents USING btree (global_slug);
CREATE INDEX payload_locked_documents_updated_at_idx ON public.payload_locked_documents USING btree (updated_at);

CREATE SEQUENCE public.payload_locked_documents_rels_id_seq AS integer;
CREATE TABLE public.payload_locked_documents_rels (
    id integer DEFAULT nextval('public.payload_locked_documents_rels_id_seq'::regclass) NOT NULL,
    "order" integer,
    parent_id integer NOT NULL,
    path character varying NOT NULL,
    admin_id integer,
    users_id integer,
    CONSTRAINT payload_locked_documents_rels_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.payload_locked_documents_rels_id_seq OWNED BY public.payload_locked_documents_rels.id;
CREATE INDEX payload_locked_documents_rels_admin_id_idx ON public.payload_locked_documents_rels USING btree (admin_id);
CREATE INDEX payload_locked_documents_rels_order_idx ON public.payload_locked_documents_rels USING btree ("order");
CREATE INDEX payload_locked_documents_rels_parent_idx ON public.payload_locked_documents_rels USING btree (parent_id);
CREATE INDEX payload_locked_documents_rels_path_idx ON public.payload_locked_documents_rels USING btree (path);

CREATE SEQUENCE public.payload_migrations_id_seq AS integer;
CREATE TABLE public.payload_migrations (
    id integer DEFAULT nextval('public.payload_migrations_id_seq'::regclass) NOT NULL,
    name character varying,
    batch numeric,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payload_migrations_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.payload_migrations_id_seq OWNED BY public.payload_migrations.id;
CREATE INDEX payload_migrations_created_at_idx ON public.payload_migrations USING btree (created_at);
CREATE INDEX payload_migrations_updated_at_idx ON public.payload_migrations USING btree (updated_at);

CREATE SEQUENCE public.payload_preferences_id_seq AS integer;
CREATE TABLE public.payload_preferences (
    id integer DEFAULT nextval('public.payload_preferences_id_seq'::regclass) NOT NULL,
    key character varying,
    value jsonb,
    updated_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payload_preferences_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.payload_preferences_id_seq OWNED BY public.payload_preferences.id;
CREATE INDEX payload_preferences_created_at_idx ON public.payload_preferences USING btree (created_at);
CREATE INDEX payload_preferences_key_idx ON public.payload_preferences USING btree (key);
CREATE INDEX payload_preferences_updated_at_idx ON public.payload_preferences USING btree (updated_at);

CREATE SEQUENCE public.payload_preferences_rels_id_seq AS integer;
CREATE TABLE public.payload_preferences_rels (
    id integer DEFAULT nextval('public.payload_preferences_rels_id_seq'::regclass) NOT NULL,
    "order" integer,
    parent_id integer NOT NULL,
    path character varying NOT NULL,
    admin_id integer,
    CONSTRAINT payload_preferences_rels_pkey PRIMARY KEY (id)
);
ALTER SEQUENCE public.payload_preferences_rels_id_seq OWNED BY public.payload_preferences_rels.id;
CREATE INDEX payload_preferences_rels_admin_id_idx ON public.payload_preferences_rels USING btree (admin_id);
CREATE INDEX payload_preferences_rels_order_idx ON public.payload_preferences_rels USING btree ("order");
CREATE INDEX payload_preferences_rels_parent_idx ON public.payload_preferences_rels USING btree (parent_id);
CREATE INDEX payload_preferences_rels_path_idx ON public.payload_preferences_rels USING btree (path);

CREATE TABLE public.payout_management (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    payout_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    user_id uuid NOT NULL,
    queue_position integer NOT NULL,
    amount numeric(12,2) DEFAULT 100000.00 NOT NULL,
    currency text DEFAULT 'USD'::text,
    status text DEFAULT 'pending_approval'::text NOT NULL,
    eligibility_check jsonb DEFAULT '{}'::jsonb,
    approval_workflow jsonb DEFAULT '[]'::jsonb,
    scheduled_date timestamp with time zone,
    payment_method text DEFAULT 'ach'::text NOT NULL,
    bank_details jsonb,
    tax_withholding jsonb,
    processing jsonb,
    receipt_url text,
    internal_notes jsonb DEFAULT '[]'::jsonb,
    audit_trail jsonb DEFAULT '[]'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT payout_management_pkey PRIMARY KEY (id),
    CONSTRAINT payout_management_payout_id_key UNIQUE (payout_id),
    CONSTRAINT payout_management_payment_method_check CHECK ((payment_method = ANY (ARRAY['ach'::text, 'wire'::text, 'check'::text, 'paypal'::text]))),
    CONSTRAINT payout_management_status_check CHECK ((status = ANY (ARRAY['pending_approval'::text, 'approved'::text, 'scheduled'::text, 'processing'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX idx_payout_management_status ON public.payout_management USING btree (status);
CREATE INDEX idx_payout_management_user_id ON public.payout_management USING btree (user_id);

CREATE TABLE public.report_templates (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    description text,
    category text NOT NULL,
    data_source text NOT NULL,
    query_config jsonb DEFAULT '{}'::jsonb,
    "columns" jsonb DEFAULT '[]'::jsonb NOT NULL,
    visualizations jsonb DEFAULT '[]'::jsonb,
    schedule jsonb DEFAULT '{}'::jsonb,
    delivery jsonb DEFAULT '{}'::jsonb,
    is_active boolean DEFAULT true,
    is_system_report boolean DEFAULT false,
    created_by integer,
    last_run_at timestamp with time zone,
    last_run_status text,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT report_templates_pkey PRIMARY KEY (id),
    CONSTRAINT report_templates_category_check CHECK ((category = ANY (ARRAY['financial'::text, 'compliance'::text, 'operations'::text, 'analytics'::text, 'custom'::text])))
);

CREATE TABLE public.signup_sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    session_id character varying(50) NOT NULL,
    token character varying(50) NOT NULL,
    email character varying(255),
    phone character varying(20),
    step integer DEFAULT 1,
    status character varying(20) DEFAULT 'active'::character varying,
    user_id uuid,
    profile_data jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT signup_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT signup_sessions_session_id_key UNIQUE (session_id),
    CONSTRAINT signup_sessions_token_key UNIQUE (token),
    CONSTRAINT signup_sessions_status_check CHECK (((status)::text = ANY (ARRAY[('active'::character varying)::text, ('completed'::character varying)::text, ('expired'::character varying)::text])))
);
CREATE INDEX idx_signup_sessions_email ON public.signup_sessions USING btree (email);
CREATE INDEX idx_signup_sessions_expires_at ON public.signup_sessions USING btree (expires_at);
CREATE INDEX idx_signup_sessions_session_id ON public.signup_sessions USING btree (session_id);
CREATE INDEX idx_signup_sessions_status ON public.signup_sessions USING btree (status);
CREATE INDEX idx_signup_sessions_token ON public.signup_sessions USING btree (token);
CREATE INDEX idx_signup_sessions_user_id ON public.signup_sessions USING btree (user_id);
ALTER TABLE public.signup_sessions ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.system_audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    admin_id integer,
    entity_type character varying(50) NOT NULL,
    entity_id uuid,
    action character varying(50) NOT NULL,
    old_values jsonb,
    new_values jsonb,
    success boolean NOT NULL,
    error_message text,
    ip_address inet,
    user_agent text,
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT system_audit_logs_pkey PRIMARY KEY (id)
);
ALTER TABLE public.system_audit_logs ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.tax_forms (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    form_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    user_id uuid NOT NULL,
    form_type text NOT NULL,
    tax_year integer NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    recipient_info jsonb DEFAULT '{}'::jsonb NOT NULL,
    payer_info jsonb DEFAULT '{}'::jsonb,
    income_details jsonb DEFAULT '{}'::jsonb,
    w9_data jsonb DEFAULT '{}'::jsonb,
    generation jsonb DEFAULT '{}'::jsonb,
    delivery jsonb DEFAULT '{}'::jsonb,
    irs_filing jsonb DEFAULT '{}'::jsonb,
    corrections jsonb DEFAULT '[]'::jsonb,
    notes text,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT tax_forms_pkey PRIMARY KEY (id),
    CONSTRAINT tax_forms_form_id_key UNIQUE (form_id),
    CONSTRAINT tax_forms_form_type_check CHECK ((form_type = ANY (ARRAY['W-9'::text, '1099-MISC'::text, '1099-NEC'::text, '1099-K'::text, 'W-8BEN'::text]))),
    CONSTRAINT tax_forms_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'generated'::text, 'sent'::text, 'filed_with_irs'::text, 'corrected'::text])))
);
CREATE INDEX idx_tax_forms_tax_year ON public.tax_forms USING btree (tax_year);
CREATE INDEX idx_tax_forms_user_id ON public.tax_forms USING btree (user_id);

CREATE TABLE public.transaction_monitoring (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    transaction_id uuid NOT NULL,
    user_id uuid NOT NULL,
    transaction_type text NOT NULL,
    amount numeric(12,2) NOT NULL,
    currency text DEFAULT 'USD'::text,
    risk_level text DEFAULT 'low'::text NOT NULL,
    risk_score integer,
    status text DEFAULT 'pending_review'::text NOT NULL,
    flags jsonb DEFAULT '[]'::jsonb,
    aml_check jsonb DEFAULT '{}'::jsonb,
    velocity_check jsonb DEFAULT '{}'::jsonb,
    device_fingerprint jsonb DEFAULT '{}'::jsonb,
    geographic_data jsonb DEFAULT '{}'::jsonb,
    reviewer_id integer,
    reviewer_notes text,
    reviewed_at timestamp with time zone,
    action_taken text,
    sar_filed boolean DEFAULT false,
    sar_filed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT transaction_monitoring_pkey PRIMARY KEY (id),
    CONSTRAINT transaction_monitoring_risk_level_check CHECK ((risk_level = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
    CONSTRAINT transaction_monitoring_risk_score_check CHECK (((risk_score >= 0) AND (risk_score <= 100))),
    CONSTRAINT transaction_monitoring_status_check CHECK ((status = ANY (ARRAY['pending_review'::text, 'approved'::text, 'flagged'::text, 'blocked'::text, 'escalated'::text]))),
    CONSTRAINT transaction_monitoring_transaction_type_check CHECK ((transaction_type = ANY (ARRAY['payment'::text, 'payout'::text, 'refund'::text, 'chargeback'::text])))
);
CREATE INDEX idx_transaction_monitoring_risk_level ON public.transaction_monitoring USING btree (risk_level, status);
CREATE INDEX idx_transaction_monitoring_user_id ON public.transaction_monitoring USING btree (user_id);

CREATE TABLE public.user_addresses (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    address_type character varying(20) DEFAULT 'primary'::character varying,
    street_address character varying(255),
    address_line_2 character varying(255),
    city character varying(100),
    state character varying(100),
    postal_code character varying(20),
    country_code character(2) DEFAULT 'US'::bpchar,
    is_primary boolean DEFAULT true,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_addresses_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_addresses ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_agreements (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    agreement_type character varying(50) NOT NULL,
    version_number character varying(20) NOT NULL,
    agreed_at timestamp with time zone DEFAULT now(),
    ip_address inet,
    user_agent text,
    document_url text,
    is_active boolean DEFAULT true,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_agreements_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_agreements ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    admin_id integer,
    entity_type character varying NOT NULL,
    entity_id uuid,
    action character varying NOT NULL,
    old_values jsonb,
    new_values jsonb,
    success boolean NOT NULL,
    error_message text,
    ip_address inet,
    user_agent text,
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_audit_logs_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_user_audit_logs_action ON public.user_audit_logs USING btree (action);
CREATE INDEX idx_user_audit_logs_created_at ON public.user_audit_logs USING btree (created_at);
CREATE INDEX idx_user_audit_logs_entity_type ON public.user_audit_logs USING btree (entity_type);
CREATE INDEX idx_user_audit_logs_user_id ON public.user_audit_logs USING btree (user_id);

CREATE TABLE public.user_billing_schedules (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    subscription_id uuid,
    billing_cycle character varying(20) DEFAULT 'MONTHLY'::character varying,
    next_billing_date date,
    amount numeric(10,2),
    currency character(3) DEFAULT 'USD'::bpchar,
    is_active boolean DEFAULT true,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_billing_schedules_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_billing_schedules ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_contacts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    contact_type character varying(20) NOT NULL,
    contact_value character varying(255) NOT NULL,
    is_primary boolean DEFAULT false,
    is_verified boolean DEFAULT false,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_contacts_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_contacts ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_memberships (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    join_date date DEFAULT CURRENT_DATE NOT NULL,
    tenure numeric DEFAULT '0'::numeric,
    verification_status character varying(20) DEFAULT 'PENDING'::character varying,
    assigned_admin_id_id integer,
    notes text,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_memberships_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_memberships ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_payment_methods (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    provider character varying(20) DEFAULT 'stripe'::character varying NOT NULL,
    method_type character varying(20) NOT NULL,
    method_subtype character varying(20),
    provider_payment_method_id text,
    last_four character varying(4),
    brand character varying(20),
    expires_month integer,
    expires_year integer,
    is_default boolean DEFAULT false,
    is_active boolean DEFAULT true,
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_payment_methods_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_payment_methods ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_payments (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    subscription_id uuid,
    payment_method_id uuid,
    provider character varying(20) DEFAULT 'stripe'::character varying NOT NULL,
    provider_payment_id character varying(255),
    provider_invoice_id character varying(255),
    provider_charge_id character varying(255),
    amount numeric(10,2) NOT NULL,
    currency character(3) DEFAULT 'USD'::bpchar,
    payment_type character varying(20) NOT NULL,
    payment_date timestamp with time zone NOT NULL,
    status character varying(20) NOT NULL,
    is_first_payment boolean DEFAULT false,
    failure_reason text,
    receipt_url text,
    metadata jsonb DEFAULT '{}'::jsonb,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_payments_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_payments ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_profiles (
    id character varying NOT NULL,
    user_id uuid,
    first_name character varying(100),
    last_name character varying(100),
    middle_name character varying(100),
    date_of_birth date,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_profiles_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_profiles ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_subscriptions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid,
    provider character varying(20) DEFAULT 'stripe'::character varying NOT NULL,
    provider_subscription_id character varying(255) NOT NULL,
    provider_customer_id character varying(255) NOT NULL,
    status character varying(20) NOT NULL,
    current_period_start timestamp with time zone NOT NULL,
    current_period_end timestamp with time zone NOT NULL,
    cancel_at_period_end boolean DEFAULT false,
    canceled_at timestamp with time zone,
    trial_end timestamp with time zone,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT user_subscriptions_pkey PRIMARY KEY (id)
);
ALTER TABLE public.user_subscriptions ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    auth_user_id text,
    email character varying(255) NOT NULL,
    email_verified boolean DEFAULT false,
    status public.enum_users_status DEFAULT 'Pending'::public.enum_users_status NOT NULL,
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id)
);
ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.verification_codes (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email character varying(255) NOT NULL,
    code character varying(6) NOT NULL,
    link_token character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used boolean DEFAULT false,
    user_id uuid,
    created_at timestamp with time zone DEFAULT now(),
    CONSTRAINT verification_codes_pkey PRIMARY KEY (id),
    CONSTRAINT verification_codes_link_token_key UNIQUE (link_token)
);
CREATE INDEX idx_verification_codes_code ON public.verification_codes USING btree (code);
CREATE INDEX idx_verification_codes_email ON public.verification_codes USING btree (email);
CREATE INDEX idx_verification_codes_expires_at ON public.verification_codes USING btree (expires_at);
CREATE INDEX idx_verification_codes_link_token ON public.verification_codes USING btree (link_token);
CREATE INDEX idx_verification_codes_user_id ON public.verification_codes USING btree (user_id);
ALTER TABLE public.verification_codes ENABLE ROW LEVEL SECURITY;

-- The documents count 49 tables and name 50: `auditlog`, suspected of being a duplicate, is a view
-- over `system_audit_logs` with the columns that it had, and without rows.
CREATE VIEW public.auditlog AS
SELECT
    NULL::integer AS id,
    NULL::integer AS admin_i_d_id_id,
    NULL::character varying AS entity_changed,
    NULL::numeric AS entity_id,
    NULL::public.enum_auditlog_change_type AS change_type,
    NULL::timestamp(3) with time zone AS "timestamp",
    NULL::jsonb AS change_details,
    NULL::timestamp(3) with time zone AS updated_at,
    NULL::timestamp(3) with time zone AS created_at
FROM public.system_audit_logs
WHERE false;

-- Foreign keys.

ALTER TABLE public.admin_sessions
    ADD CONSTRAINT admin_sessions_parent_id_fk FOREIGN KEY (_parent_id) REFERENCES public.admin(id) ON DELETE CASCADE;
ALTER TABLE public.disputes
    ADD CONSTRAINT disputes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.kyc_verification
    ADD CONSTRAINT kyc_verification_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.payload_locked_documents_rels
    ADD CONSTRAINT payload_locked_documents_rels_admin_fk FOREIGN KEY (admin_id) REFERENCES public.admin(id) ON DELETE CASCADE;
ALTER TABLE public.payload_locked_documents_rels
    ADD CONSTRAINT payload_locked_documents_rels_parent_fk FOREIGN KEY (parent_id) REFERENCES public.payload_locked_documents(id) ON DELETE CASCADE;
ALTER TABLE public.payload_preferences_rels
    ADD CONSTRAINT payload_preferences_rels_admin_fk FOREIGN KEY (admin_id) REFERENCES public.admin(id) ON DELETE CASCADE;
ALTER TABLE public.payload_preferences_rels
    ADD CONSTRAINT payload_preferences_rels_parent_fk FOREIGN KEY (parent_id) REFERENCES public.payload_preferences(id) ON DELETE CASCADE;
ALTER TABLE public.payout_management
    ADD CONSTRAINT payout_management_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.signup_sessions
    ADD CONSTRAINT signup_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE public.tax_forms
    ADD CONSTRAINT tax_forms_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.transaction_monitoring
    ADD CONSTRAINT transaction_monitoring_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE public.verification_codes
    ADD CONSTRAINT verification_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

-- Row level security policies.

CREATE POLICY "Service can manage queue" ON public.membership_queue FOR ALL;

CREATE POLICY "Users can view their own queue status" ON public.membership_queue FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service role can manage signup sessions" ON public.signup_sessions FOR ALL
    USING ((auth.role() = 'service_role'::text));

CREATE POLICY "Users can read their own sessions" ON public.signup_sessions FOR SELECT;

CREATE POLICY "Service can manage audit logs" ON public.system_audit_logs FOR ALL;

CREATE POLICY "Users can view their own audit logs" ON public.system_audit_logs FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage addresses" ON public.user_addresses FOR ALL;

CREATE POLICY "Users can view their own addresses" ON public.user_addresses FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage agreements" ON public.user_agreements FOR ALL;

CREATE POLICY "Users can view their own agreements" ON public.user_agreements FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage billing schedules" ON public.user_billing_schedules FOR ALL;

CREATE POLICY "Users can view their own billing schedules" ON public.user_billing_schedules FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage contacts" ON public.user_contacts FOR ALL;

CREATE POLICY "Users can view their own contacts" ON public.user_contacts FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage memberships" ON public.user_memberships FOR ALL;

CREATE POLICY "Users can view their own memberships" ON public.user_memberships FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage payment methods" ON public.user_payment_methods FOR ALL;

CREATE POLICY "Users can view their own payment methods" ON public.user_payment_methods FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage payments" ON public.user_payments FOR ALL;

CREATE POLICY "Users can view their own payments" ON public.user_payments FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage profiles" ON public.user_profiles FOR ALL;

CREATE POLICY "Users can update their own profile" ON public.user_profiles FOR UPDATE;

CREATE POLICY "Users can view their own profile" ON public.user_profiles FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage subscriptions" ON public.user_subscriptions FOR ALL;

CREATE POLICY "Users can view their own subscriptions" ON public.user_subscriptions FOR SELECT
    USING ((user_id IN ( SELECT users.id
   FROM public.users
  WHERE (users.auth_user_id = (auth.uid())::text))));

CREATE POLICY "Service can manage users" ON public.users FOR ALL;

CREATE POLICY "Users can view their own data" ON public.users FOR SELECT
    USING ((auth_user_id = (auth.uid())::text));

CREATE POLICY "Service role can manage verification codes" ON public.verification_codes FOR ALL;

CREATE POLICY "Users can read their own verification codes" ON public.verification_codes FOR SELECT
    USING ((auth.uid() = user_id));

GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role, entitree_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO entitree_reader;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO entitree_reader;
-- The default from PostgreSQL 15 on.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

COMMIT;
