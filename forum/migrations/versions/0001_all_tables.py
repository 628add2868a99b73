"""all tables"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade():

    op.create_table('accounts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_accounts_email_lower_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('email', name=op.f('uq_accounts_email'))
    )
    op.create_table('events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('place', sa.JSON(), nullable=False),
    sa.Column('address', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('time_zone', sa.String(), nullable=False),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('registration_opens_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registration_closes_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('requests_open_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('requests_close_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('freeze_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('contact_email', sa.String(), nullable=True),
    sa.Column('contact_phone', sa.String(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_events_days_in_order')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events')),
    sa.UniqueConstraint('code', name=op.f('uq_events_code'))
    )
    op.create_table('form_keys',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.String(), nullable=True),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_form_keys'))
    )
    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts'))
    )
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_attempts_address_at', ['address', 'at'], unique=False)
        batch_op.create_index('ix_sign_in_attempts_email_at', ['email', 'at'], unique=False)

    op.create_table('delegations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('is_host', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_delegations_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegations')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_delegations_event_id_code'))
    )
    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegations_event_id'), ['event_id'], unique=False)

    op.create_table('imports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('previewed', 'committed', 'undone', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('sheet', sa.String(), nullable=False),
    sa.Column('mapping', sa.JSON(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('committed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_imports_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_imports_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imports'))
    )
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imports_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imports_event_id'), ['event_id'], unique=False)

    op.create_table('journal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_journal_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_journal_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal'))
    )
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_journal_account_id'), ['account_id'], unique=False)
        batch_op.create_index('ix_journal_event_id_at', ['event_id', 'at'], unique=False)
        batch_op.create_index('ix_journal_subject_kind_subject_id', ['subject_kind', 'subject_id'], unique=False)

    op.create_table('messages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('recipient', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('status', sa.Enum('queued', 'sending', 'sent', 'failed', 'unknown', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_messages_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_messages_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_messages')),
    sa.UniqueConstraint('occasion', name=op.f('uq_messages_occasion'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_messages_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_messages_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_messages_status_leased_until', ['status', 'leased_until'], unique=False)

    op.create_table('places',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('address', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_places_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_places_event_id_code'))
    )
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_places_event_id'), ['event_id'], unique=False)

    op.create_table('plans',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('queued', 'solving', 'draft', 'published', 'superseded', 'cancelled', 'failed', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('progress', sa.JSON(), nullable=False),
    sa.Column('certificate', sa.JSON(), nullable=False),
    sa.Column('unplaced', sa.JSON(), nullable=False),
    sa.Column('stop_asked', sa.Boolean(), nullable=False),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_plans_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_plans_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plans')),
    sa.UniqueConstraint('event_id', 'revision', name=op.f('uq_plans_event_id_revision'))
    )
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plans_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_plans_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_plans_published', ['event_id'], unique=True, sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))

    op.create_table('print_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('badge', 'agenda', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('sheet', sa.String(), nullable=False),
    sa.Column('choice', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('queued', 'running', 'done', 'cancelled', 'failed', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.Column('stop_asked', sa.Boolean(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_print_runs_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_print_runs_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_runs'))
    )
    with op.batch_alter_table('print_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_runs_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_runs_event_id'), ['event_id'], unique=False)

    op.create_table('sign_in_links',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_path', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_in_links_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_links')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_sign_in_links_secret_hash'))
    )
    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_links_account_id'), ['account_id'], unique=False)

    op.create_table('sign_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('address', sa.String(), nullable=True),
    sa.Column('browser', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_ins_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_sign_ins_secret_hash'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_account_id'), ['account_id'], unique=False)

    op.create_table('slots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('block', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_slots_ends_after_start')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_slots_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slots')),
    sa.UniqueConstraint('event_id', 'starts_at', name=op.f('uq_slots_event_id_starts_at'))
    )
    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_slots_event_id'), ['event_id'], unique=False)

    op.create_table('wordings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_wordings_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wordings')),
    sa.UniqueConstraint('event_id', 'kind', 'wording', name=op.f('uq_wordings_event_id_kind_wording'))
    )
    with op.batch_alter_table('wordings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wordings_event_id'), ['event_id'], unique=False)

    op.create_table('companies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('legal_form', sa.String(), nullable=True),
    sa.Column('bare_name', sa.String(), nullable=False),
    sa.Column('full_name', sa.JSON(), nullable=False),
    sa.Column('short_name', sa.JSON(), nullable=False),
    sa.Column('badge_name', sa.JSON(), nullable=False),
    sa.Column('identity_key', sa.String(), nullable=False),
    sa.Column('search_key', sa.String(), nullable=False),
    sa.Column('town', sa.String(), nullable=True),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('offers', sa.String(), nullable=True),
    sa.Column('seeks', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sort_ru', sa.LargeBinary(), nullable=False),
    sa.Column('sort_kk', sa.LargeBinary(), nullable=False),
    sa.Column('sort_en', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_companies_delegation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_companies_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_companies')),
    sa.UniqueConstraint('event_id', 'identity_key', name=op.f('uq_companies_event_id_identity_key'))
    )
    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_companies_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_companies_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_companies_event_id_search_key', ['event_id', 'search_key'], unique=False)

    op.create_table('import_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('issues', sa.JSON(), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('undo', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['imports.id'], name=op.f('fk_import_rows_import_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_rows')),
    sa.UniqueConstraint('import_id', 'number', name=op.f('uq_import_rows_import_id_number'))
    )
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_rows_import_id'), ['import_id'], unique=False)

    op.create_table('quotas',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.CheckConstraint('places >= 0', name=op.f('ck_quotas_places_not_negative')),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_quotas_delegation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quotas')),
    sa.UniqueConstraint('delegation_id', 'category', name=op.f('uq_quotas_delegation_id_category'))
    )
    with op.batch_alter_table('quotas', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_quotas_delegation_id'), ['delegation_id'], unique=False)

    op.create_table('rooms',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_rooms_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_rooms_place_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rooms')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_rooms_event_id_code'))
    )
    with op.batch_alter_table('rooms', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rooms_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rooms_place_id'), ['place_id'], unique=False)

    op.create_table('sites',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('place_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('address', sa.JSON(), nullable=False),
    sa.Column('contact', sa.String(), nullable=True),
    sa.Column('rules', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_sites_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_sites_place_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sites')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_sites_event_id_code'))
    )
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sites_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sites_place_id'), ['place_id'], unique=False)

    op.create_table('travel_times',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('origin_id', sa.Integer(), nullable=False),
    sa.Column('destination_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes >= 0', name=op.f('ck_travel_times_minutes_not_negative')),
    sa.ForeignKeyConstraint(['destination_id'], ['places.id'], name=op.f('fk_travel_times_destination_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['origin_id'], ['places.id'], name=op.f('fk_travel_times_origin_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_travel_times')),
    sa.UniqueConstraint('origin_id', 'destination_id', name=op.f('uq_travel_times_origin_id_destination_id'))
    )
    with op.batch_alter_table('travel_times', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_travel_times_destination_id'), ['destination_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_travel_times_origin_id'), ['origin_id'], unique=False)

    op.create_table('company_sectors',
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('sector', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_company_sectors_company_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('company_id', 'sector', name=op.f('pk_company_sectors'))
    )
    with op.batch_alter_table('company_sectors', schema=None) as batch_op:
        batch_op.create_index('ix_company_sectors_sector', ['sector'], unique=False)

    op.create_table('delegates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('aide_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status', sa.Enum('draft', 'applied', 'waiting', 'approved', 'declined', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'participants', 'nobody', name='visibility', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_head', sa.Boolean(), nullable=False),
    sa.Column('precedence', sa.Integer(), nullable=True),
    sa.Column('family_name', sa.String(), nullable=False),
    sa.Column('given_name', sa.String(), nullable=False),
    sa.Column('patronymic', sa.String(), nullable=True),
    sa.Column('latin_family_name', sa.String(), nullable=True),
    sa.Column('latin_given_name', sa.String(), nullable=True),
    sa.Column('position', sa.JSON(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('phone_extension', sa.String(), nullable=True),
    sa.Column('town', sa.String(), nullable=True),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('spoken', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('diet', sa.String(), nullable=True),
    sa.Column('access_needs', sa.String(), nullable=True),
    sa.Column('photo', sa.String(), nullable=True),
    sa.Column('arrives_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('leaves_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('identity_key', sa.String(), nullable=False),
    sa.Column('search_key', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('sort_ru', sa.LargeBinary(), nullable=False),
    sa.Column('sort_kk', sa.LargeBinary(), nullable=False),
    sa.Column('sort_en', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_delegates_email_lower_case')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_delegates_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['aide_id'], ['delegates.id'], name=op.f('fk_delegates_aide_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_delegates_company_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_delegates_delegation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_delegates_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegates')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_delegates_event_id_number'))
    )
    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_delegates_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_aide_id'), ['aide_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_delegates_event_id_email', ['event_id', 'email'], unique=False)
        batch_op.create_index('ix_delegates_event_id_search_key', ['event_id', 'search_key'], unique=False)
        batch_op.create_index('ix_delegates_event_id_status', ['event_id', 'status'], unique=False)
        batch_op.create_index('uq_delegates_head', ['delegation_id'], unique=True, sqlite_where=sa.text('is_head'), postgresql_where=sa.text('is_head'))

    op.create_table('grants',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('organiser', 'protocol', 'coordinator', 'desk', 'host', 'interpreter', 'delegate', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('site_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("role <> 'coordinator' OR delegation_id IS NOT NULL", name=op.f('ck_grants_coordinator_of_delegation')),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_grants_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_grants_delegation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_grants_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_grants_site_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grants')),
    sa.UniqueConstraint('account_id', 'role', 'event_id', 'delegation_id', 'site_id', name=op.f('uq_grants_account_id_role_event_id_delegation_id_site_id'))
    )
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grants_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_site_id'), ['site_id'], unique=False)
        batch_op.create_index('uq_grants_everywhere', ['account_id', 'role'], unique=True, sqlite_where=sa.text('event_id IS NULL'), postgresql_where=sa.text('event_id IS NULL'))

    op.create_table('sessions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blocks_meetings', sa.Boolean(), nullable=False),
    sa.Column('is_for_everyone', sa.Boolean(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_sessions_ends_after_start')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_sessions_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['rooms.id'], name=op.f('fk_sessions_room_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sessions'))
    )
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sessions_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_sessions_event_id_starts_at', ['event_id', 'starts_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sessions_room_id'), ['room_id'], unique=False)

    op.create_table('tables',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(), nullable=True),
    sa.Column('room_id', sa.Integer(), nullable=True),
    sa.Column('company_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_tables_company_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_tables_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['room_id'], ['rooms.id'], name=op.f('fk_tables_room_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tables')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_tables_event_id_number'))
    )
    with op.batch_alter_table('tables', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tables_company_id'), ['company_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tables_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tables_room_id'), ['room_id'], unique=False)

    op.create_table('visits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('site_id', sa.Integer(), nullable=False),
    sa.Column('departs_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('returns_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('meeting_point', sa.JSON(), nullable=False),
    sa.Column('guide_languages', sa.JSON(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('last_position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('departs_at <= starts_at AND starts_at < ends_at AND ends_at <= returns_at', name=op.f('ck_visits_times_in_order')),
    sa.CheckConstraint('taken >= 0 AND taken <= capacity', name=op.f('ck_visits_taken_within_capacity')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_visits_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['sites.id'], name=op.f('fk_visits_site_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visits'))
    )
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visits_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_visits_site_id'), ['site_id'], unique=False)

    op.create_table('absences',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_absences_ends_after_start')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_absences_delegate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absences'))
    )
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_absences_delegate_id'), ['delegate_id'], unique=False)

    op.create_table('attendances',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_attendances_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['sessions.id'], name=op.f('fk_attendances_session_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('session_id', 'delegate_id', name=op.f('pk_attendances'))
    )
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendances_delegate_id'), ['delegate_id'], unique=False)

    op.create_table('badges',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('voided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('void_reason', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_badges_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_badges_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badges')),
    sa.UniqueConstraint('code', name=op.f('uq_badges_code'))
    )
    with op.batch_alter_table('badges', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badges_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_badges_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_badges_valid', ['delegate_id'], unique=True, sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))

    op.create_table('buses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('plate', sa.String(), nullable=True),
    sa.Column('driver', sa.String(), nullable=True),
    sa.Column('driver_phone', sa.String(), nullable=True),
    sa.Column('leader_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('capacity > 0', name=op.f('ck_buses_capacity_positive')),
    sa.ForeignKeyConstraint(['leader_id'], ['delegates.id'], name=op.f('fk_buses_leader_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_buses_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_buses')),
    sa.UniqueConstraint('visit_id', 'label', name=op.f('uq_buses_visit_id_label'))
    )
    with op.batch_alter_table('buses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_buses_leader_id'), ['leader_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_buses_visit_id'), ['visit_id'], unique=False)

    op.create_table('check_ins',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['accounts.id'], name=op.f('fk_check_ins_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_check_ins_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_check_ins_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_ins'))
    )
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_ins_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_ins_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_check_ins_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_check_ins_standing', ['delegate_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('consents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('text_version', sa.String(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_consents_delegate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    sa.UniqueConstraint('delegate_id', 'purpose', 'text_version', name=op.f('uq_consents_delegate_id_purpose_text_version'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_delegate_id'), ['delegate_id'], unique=False)

    op.create_table('identity_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('erase_on', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(sealed IS NULL) = (erased_at IS NOT NULL)', name=op.f('ck_identity_documents_sealed_or_erased')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_identity_documents_delegate_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_documents')),
    sa.UniqueConstraint('delegate_id', name=op.f('uq_identity_documents_delegate_id'))
    )
    with op.batch_alter_table('identity_documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_documents_delegate_id'), ['delegate_id'], unique=False)

    op.create_table('interpreters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('delegate_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('spoken', sa.JSON(), nullable=False),
    sa.Column('phone', sa.String(), nullable=True),
    sa.Column('max_in_a_row', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_interpreters_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_interpreters_delegate_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_interpreters_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interpreters'))
    )
    with op.batch_alter_table('interpreters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interpreters_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interpreters_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_interpreters_event_id'), ['event_id'], unique=False)

    op.create_table('papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('badge', 'agenda', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('content_hash', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_papers_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_papers_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_papers')),
    sa.UniqueConstraint('delegate_id', 'kind', 'content_hash', 'revision', name=op.f('uq_papers_delegate_id_kind_content_hash_revision')),
    sa.UniqueConstraint('delegate_id', 'kind', 'revision', name=op.f('uq_papers_delegate_id_kind_revision'))
    )
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_papers_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_papers_event_id'), ['event_id'], unique=False)

    op.create_table('requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sender_id', sa.Integer(), nullable=False),
    sa.Column('receiver_id', sa.Integer(), nullable=False),
    sa.Column('sender_delegate_id', sa.Integer(), nullable=True),
    sa.Column('receiver_delegate_id', sa.Integer(), nullable=True),
    sa.Column('rank', sa.Enum('must', 'want', 'nice', name='rank', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('status', sa.Enum('pending', 'accepted', 'declined', 'withdrawn', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('sender_id <> receiver_id', name=op.f('ck_requests_not_oneself')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_requests_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['receiver_delegate_id'], ['delegates.id'], name=op.f('fk_requests_receiver_delegate_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['receiver_id'], ['companies.id'], name=op.f('fk_requests_receiver_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sender_delegate_id'], ['delegates.id'], name=op.f('fk_requests_sender_delegate_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sender_id'], ['companies.id'], name=op.f('fk_requests_sender_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_requests')),
    sa.UniqueConstraint('event_id', 'sender_id', 'receiver_id', name=op.f('uq_requests_event_id_sender_id_receiver_id'))
    )
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_requests_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_requests_event_id_status', ['event_id', 'status'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_receiver_delegate_id'), ['receiver_delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_receiver_id'), ['receiver_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_sender_delegate_id'), ['sender_delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_requests_sender_id'), ['sender_id'], unique=False)

    op.create_table('interpreter_availabilities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('interpreter_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_interpreter_availabilities_ends_after_start')),
    sa.ForeignKeyConstraint(['interpreter_id'], ['interpreters.id'], name=op.f('fk_interpreter_availabilities_interpreter_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interpreter_availabilities'))
    )
    with op.batch_alter_table('interpreter_availabilities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_interpreter_availabilities_interpreter_id'), ['interpreter_id'], unique=False)

    op.create_table('meetings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.Column('interpreter_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('planned', 'cancelled', 'held', 'missed', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_locked', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['interpreter_id'], ['interpreters.id'], name=op.f('fk_meetings_interpreter_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_meetings_plan_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['requests.id'], name=op.f('fk_meetings_request_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['slots.id'], name=op.f('fk_meetings_slot_id'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['table_id'], ['tables.id'], name=op.f('fk_meetings_table_id'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meetings')),
    sa.UniqueConstraint('plan_id', 'request_id', name=op.f('uq_meetings_plan_id_request_id'))
    )
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meetings_interpreter_id'), ['interpreter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_plan_id'), ['plan_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_request_id'), ['request_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_slot_id'), ['slot_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_meetings_table_id'), ['table_id'], unique=False)

    op.create_table('prints',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('paper_id', sa.Integer(), nullable=False),
    sa.Column('printed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_prints_paper_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['print_runs.id'], name=op.f('fk_prints_run_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_prints')),
    sa.UniqueConstraint('run_id', 'paper_id', name=op.f('uq_prints_run_id_paper_id'))
    )
    with op.batch_alter_table('prints', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_prints_paper_id'), ['paper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_prints_run_id'), ['run_id'], unique=False)

    op.create_table('seats',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('bus_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('seated', 'waiting', 'cancelled', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seated_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['bus_id'], ['buses.id'], name=op.f('fk_seats_bus_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_seats_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_seats_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seats')),
    sa.UniqueConstraint('visit_id', 'delegate_id', name=op.f('uq_seats_visit_id_delegate_id')),
    sa.UniqueConstraint('visit_id', 'position', name=op.f('uq_seats_visit_id_position'))
    )
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seats_bus_id'), ['bus_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seats_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seats_visit_id'), ['visit_id'], unique=False)
        batch_op.create_index('ix_seats_visit_id_status_position', ['visit_id', 'status', 'position'], unique=False)

    op.create_table('agreements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=18, scale=2), nullable=True),
    sa.Column('currency', sa.String(), nullable=True),
    sa.Column('status', sa.Enum('intended', 'signed', 'fulfilled', 'dropped', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('next_step', sa.String(), nullable=True),
    sa.Column('follow_up_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("currency IN ('RUB', 'KZT', 'USD', 'EUR', 'CNY')", name=op.f('ck_agreements_currency')),
    sa.CheckConstraint('(amount IS NULL) = (currency IS NULL)', name=op.f('ck_agreements_amount_has_currency')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_agreements_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_agreements_meeting_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['accounts.id'], name=op.f('fk_agreements_owner_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreements'))
    )
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreements_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreements_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_agreements_owner_id'), ['owner_id'], unique=False)

    op.create_table('claims',
    sa.Column('plan_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('resource_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('delegate', 'table', 'interpreter')", name=op.f('ck_claims_kind')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_claims_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['plan_id'], ['plans.id'], name=op.f('fk_claims_plan_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['slots.id'], name=op.f('fk_claims_slot_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('plan_id', 'kind', 'resource_id', 'slot_id', name=op.f('pk_claims'))
    )
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claims_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('meeting_participants',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_meeting_participants_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_meeting_participants_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', 'delegate_id', name=op.f('pk_meeting_participants'))
    )
    with op.batch_alter_table('meeting_participants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_participants_delegate_id'), ['delegate_id'], unique=False)

    op.create_table('outcomes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('next_step', sa.String(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_outcomes_rating_one_to_five')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_outcomes_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_outcomes_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outcomes')),
    sa.UniqueConstraint('meeting_id', 'delegate_id', name=op.f('uq_outcomes_meeting_id_delegate_id'))
    )
    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outcomes_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outcomes_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('agreement_parties',
    sa.Column('agreement_id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agreement_id'], ['agreements.id'], name=op.f('fk_agreement_parties_agreement_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_agreement_parties_company_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('agreement_id', 'company_id', name=op.f('pk_agreement_parties'))
    )
    with op.batch_alter_table('agreement_parties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_parties_company_id'), ['company_id'], unique=False)




def downgrade():

    with op.batch_alter_table('agreement_parties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreement_parties_company_id'))

    op.drop_table('agreement_parties')
    with op.batch_alter_table('outcomes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outcomes_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_outcomes_delegate_id'))

    op.drop_table('outcomes')
    with op.batch_alter_table('meeting_participants', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_participants_delegate_id'))

    op.drop_table('meeting_participants')
    with op.batch_alter_table('claims', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_claims_meeting_id'))

    op.drop_table('claims')
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agreements_owner_id'))
        batch_op.drop_index(batch_op.f('ix_agreements_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_agreements_event_id'))

    op.drop_table('agreements')
    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.drop_index('ix_seats_visit_id_status_position')
        batch_op.drop_index(batch_op.f('ix_seats_visit_id'))
        batch_op.drop_index(batch_op.f('ix_seats_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_seats_bus_id'))

    op.drop_table('seats')
    with op.batch_alter_table('prints', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_prints_run_id'))
        batch_op.drop_index(batch_op.f('ix_prints_paper_id'))

    op.drop_table('prints')
    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meetings_table_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_slot_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_request_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_plan_id'))
        batch_op.drop_index(batch_op.f('ix_meetings_interpreter_id'))

    op.drop_table('meetings')
    with op.batch_alter_table('interpreter_availabilities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interpreter_availabilities_interpreter_id'))

    op.drop_table('interpreter_availabilities')
    with op.batch_alter_table('requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_requests_sender_id'))
        batch_op.drop_index(batch_op.f('ix_requests_sender_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_requests_receiver_id'))
        batch_op.drop_index(batch_op.f('ix_requests_receiver_delegate_id'))
        batch_op.drop_index('ix_requests_event_id_status')
        batch_op.drop_index(batch_op.f('ix_requests_event_id'))

    op.drop_table('requests')
    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_papers_event_id'))
        batch_op.drop_index(batch_op.f('ix_papers_delegate_id'))

    op.drop_table('papers')
    with op.batch_alter_table('interpreters', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_interpreters_event_id'))
        batch_op.drop_index(batch_op.f('ix_interpreters_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_interpreters_account_id'))

    op.drop_table('interpreters')
    with op.batch_alter_table('identity_documents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identity_documents_delegate_id'))

    op.drop_table('identity_documents')
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consents_delegate_id'))

    op.drop_table('consents')
    with op.batch_alter_table('check_ins', schema=None) as batch_op:
        batch_op.drop_index('uq_check_ins_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_check_ins_event_id'))
        batch_op.drop_index(batch_op.f('ix_check_ins_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_check_ins_by_id'))

    op.drop_table('check_ins')
    with op.batch_alter_table('buses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_buses_visit_id'))
        batch_op.drop_index(batch_op.f('ix_buses_leader_id'))

    op.drop_table('buses')
    with op.batch_alter_table('badges', schema=None) as batch_op:
        batch_op.drop_index('uq_badges_valid', sqlite_where=sa.text('voided_at IS NULL'), postgresql_where=sa.text('voided_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_badges_event_id'))
        batch_op.drop_index(batch_op.f('ix_badges_delegate_id'))

    op.drop_table('badges')
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendances_delegate_id'))

    op.drop_table('attendances')
    with op.batch_alter_table('absences', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_absences_delegate_id'))

    op.drop_table('absences')
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visits_site_id'))
        batch_op.drop_index(batch_op.f('ix_visits_event_id'))

    op.drop_table('visits')
    with op.batch_alter_table('tables', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tables_room_id'))
        batch_op.drop_index(batch_op.f('ix_tables_event_id'))
        batch_op.drop_index(batch_op.f('ix_tables_company_id'))

    op.drop_table('tables')
    with op.batch_alter_table('sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sessions_room_id'))
        batch_op.drop_index('ix_sessions_event_id_starts_at')
        batch_op.drop_index(batch_op.f('ix_sessions_event_id'))

    op.drop_table('sessions')
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.drop_index('uq_grants_everywhere', sqlite_where=sa.text('event_id IS NULL'), postgresql_where=sa.text('event_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_grants_site_id'))
        batch_op.drop_index(batch_op.f('ix_grants_event_id'))
        batch_op.drop_index(batch_op.f('ix_grants_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_grants_account_id'))

    op.drop_table('grants')
    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.drop_index('uq_delegates_head', sqlite_where=sa.text('is_head'), postgresql_where=sa.text('is_head'))
        batch_op.drop_index('ix_delegates_event_id_status')
        batch_op.drop_index('ix_delegates_event_id_search_key')
        batch_op.drop_index('ix_delegates_event_id_email')
        batch_op.drop_index(batch_op.f('ix_delegates_event_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_company_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_aide_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_account_id'))

    op.drop_table('delegates')
    with op.batch_alter_table('company_sectors', schema=None) as batch_op:
        batch_op.drop_index('ix_company_sectors_sector')

    op.drop_table('company_sectors')
    with op.batch_alter_table('travel_times', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_travel_times_origin_id'))
        batch_op.drop_index(batch_op.f('ix_travel_times_destination_id'))

    op.drop_table('travel_times')
    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sites_place_id'))
        batch_op.drop_index(batch_op.f('ix_sites_event_id'))

    op.drop_table('sites')
    with op.batch_alter_table('rooms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rooms_place_id'))
        batch_op.drop_index(batch_op.f('ix_rooms_event_id'))

    op.drop_table('rooms')
    with op.batch_alter_table('quotas', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_quotas_delegation_id'))

    op.drop_table('quotas')
    with op.batch_alter_table('import_rows', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_rows_import_id'))

    op.drop_table('import_rows')
    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.drop_index('ix_companies_event_id_search_key')
        batch_op.drop_index(batch_op.f('ix_companies_event_id'))
        batch_op.drop_index(batch_op.f('ix_companies_delegation_id'))

    op.drop_table('companies')
    with op.batch_alter_table('wordings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wordings_event_id'))

    op.drop_table('wordings')
    with op.batch_alter_table('slots', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_slots_event_id'))

    op.drop_table('slots')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_account_id'))

    op.drop_table('sign_ins')
    with op.batch_alter_table('sign_in_links', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_links_account_id'))

    op.drop_table('sign_in_links')
    with op.batch_alter_table('print_runs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_print_runs_event_id'))
        batch_op.drop_index(batch_op.f('ix_print_runs_created_by_id'))

    op.drop_table('print_runs')
    with op.batch_alter_table('plans', schema=None) as batch_op:
        batch_op.drop_index('uq_plans_published', sqlite_where=sa.text("status = 'published'"), postgresql_where=sa.text("status = 'published'"))
        batch_op.drop_index(batch_op.f('ix_plans_event_id'))
        batch_op.drop_index(batch_op.f('ix_plans_created_by_id'))

    op.drop_table('plans')
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_places_event_id'))

    op.drop_table('places')
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_index('ix_messages_status_leased_until')
        batch_op.drop_index(batch_op.f('ix_messages_event_id'))
        batch_op.drop_index(batch_op.f('ix_messages_account_id'))

    op.drop_table('messages')
    with op.batch_alter_table('journal', schema=None) as batch_op:
        batch_op.drop_index('ix_journal_subject_kind_subject_id')
        batch_op.drop_index('ix_journal_event_id_at')
        batch_op.drop_index(batch_op.f('ix_journal_account_id'))

    op.drop_table('journal')
    with op.batch_alter_table('imports', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_imports_event_id'))
        batch_op.drop_index(batch_op.f('ix_imports_created_by_id'))

    op.drop_table('imports')
    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delegations_event_id'))

    op.drop_table('delegations')
    with op.batch_alter_table('sign_in_attempts', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_attempts_email_at')
        batch_op.drop_index('ix_sign_in_attempts_address_at')

    op.drop_table('sign_in_attempts')
    op.drop_table('form_keys')
    op.drop_table('events')
    op.drop_table('accounts')

