"""registration: forms, invitations, places, files, catalogue, other programs"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


# Enumerations that have grown: (table, check, column, before, now).
GROWN = (
    (
        "delegates",
        "ck_delegates_status",
        "status",
        ("draft", "applied", "waiting", "approved", "declined", "withdrawn"),
        ("applied", "asked", "waiting", "offered", "approved", "declined", "withdrawn"),
    ),
    (
        "delegates",
        "ck_delegates_category",
        "category",
        ("official", "delegate", "speaker", "press", "interpreter", "staff"),
        ("official", "delegate", "speaker", "press", "interpreter", "staff", "companion"),
    ),
    (
        "quotas",
        "ck_quotas_category",
        "category",
        ("official", "delegate", "speaker", "press", "interpreter", "staff"),
        ("official", "delegate", "speaker", "press", "interpreter", "staff", "companion"),
    ),
)
# What a row becomes where the other version does not know its state.
LEFT = (
    ("delegates", "status", "draft", "applied"),
    ("delegates", "status", "asked", "applied"),
    ("delegates", "status", "offered", "waiting"),
    ("delegates", "category", "companion", "staff"),
)
# Quotas of what 0.1.0 does not know: there they would count nobody.
DROPPED = "DELETE FROM quotas WHERE category = 'companion'"


def replace_checks(now: int, moved) -> None:
    for table, check, column, *values in GROWN:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(check), type_="check")
        for _, _, before, after in (move for move in moved if move[:2] == (table, column)):
            op.execute(f"UPDATE {table} SET {column} = '{after}' WHERE {column} = '{before}'")
        listed = ", ".join(f"'{value}'" for value in values[now])
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(check), f"{column} IN ({listed})")


def upgrade():
    replace_checks(1, LEFT[:1])
    op.create_table('admissions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', 'companion', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('opening', sa.Enum('open', 'invited', 'closed', name='opening', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('approval', sa.Enum('decided', 'automatic', name='approval', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('edits_need_decision', sa.Boolean(), nullable=False),
    sa.Column('most_companions', sa.Integer(), nullable=False),
    sa.Column('asked', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('most_companions >= 0', name=op.f('ck_admissions_most_companions_not_negative')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_admissions_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admissions')),
    sa.UniqueConstraint('event_id', 'category', name=op.f('uq_admissions_event_id_category'))
    )
    with op.batch_alter_table('admissions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_admissions_event_id'), ['event_id'], unique=False)

    op.create_table('capacities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('offer_hours', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('offer_hours > 0', name=op.f('ck_capacities_offer_hours_positive')),
    sa.CheckConstraint('places >= 0', name=op.f('ck_capacities_places_not_negative')),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_capacities_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_capacities'))
    )
    with op.batch_alter_table('capacities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_capacities_event_id'), ['event_id'], unique=False)

    op.create_table('files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('photo', 'answer', 'export', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_files_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_files')),
    sa.UniqueConstraint('key', name=op.f('uq_files_key'))
    )
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_files_event_id'), ['event_id'], unique=False)

    op.create_table('questions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.Enum('text', 'long_text', 'choice', 'choices', 'number', 'date', 'file', 'consent', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('stage', sa.Enum('registration', 'approved', name='stage', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('hint', sa.JSON(), nullable=False),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('categories', sa.JSON(), nullable=False),
    sa.Column('condition', sa.JSON(), nullable=False),
    sa.Column('is_required', sa.Boolean(), nullable=False),
    sa.Column('only_visitors', sa.Boolean(), nullable=False),
    sa.Column('least', sa.String(), nullable=True),
    sa.Column('most', sa.String(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_questions_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questions')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_questions_event_id_code'))
    )
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_questions_event_id'), ['event_id'], unique=False)

    op.create_table('webhooks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('occasions', sa.JSON(), nullable=False),
    sa.Column('sealed_secret', sa.LargeBinary(), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_webhooks_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_webhooks_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhooks'))
    )
    with op.batch_alter_table('webhooks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_webhooks_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_webhooks_event_id'), ['event_id'], unique=False)

    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.Enum('organiser', 'protocol', 'coordinator', 'desk', 'host', 'interpreter', 'delegate', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('can_write', sa.Boolean(), nullable=False),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('hint', sa.String(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("role <> 'coordinator' OR delegation_id IS NOT NULL", name=op.f('ck_api_tokens_coordinator_of_delegation')),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_api_tokens_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_api_tokens_delegation_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_api_tokens_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_api_tokens_secret_hash'))
    )
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_tokens_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_tokens_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_api_tokens_event_id'), ['event_id'], unique=False)

    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegation_id', sa.Integer(), nullable=True),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', 'companion', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('search_key', sa.String(), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('message', sa.String(), nullable=True),
    sa.Column('most_uses', sa.Integer(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sendings', sa.Integer(), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sort_ru', sa.LargeBinary(), nullable=False),
    sa.Column('sort_kk', sa.LargeBinary(), nullable=False),
    sa.Column('sort_en', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_invitations_email_lower_case')),
    sa.CheckConstraint('uses >= 0 AND uses <= most_uses', name=op.f('ck_invitations_uses_within_most')),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_invitations_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegation_id'], ['delegations.id'], name=op.f('fk_invitations_delegation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_invitations_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('code', name=op.f('uq_invitations_code'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_delegation_id'), ['delegation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_event_id'), ['event_id'], unique=False)
        batch_op.create_index('uq_invitations_standing', ['event_id', 'email'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL AND email IS NOT NULL'), postgresql_where=sa.text('withdrawn_at IS NULL AND email IS NOT NULL'))

    op.create_table('webhook_deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('webhook_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('occasion', sa.String(), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('status', sa.Enum('queued', 'delivered', 'failed', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhooks.id'], name=op.f('fk_webhook_deliveries_webhook_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_deliveries'))
    )
    with op.batch_alter_table('webhook_deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_webhook_deliveries_status_due', ['status', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_webhook_deliveries_webhook_id'), ['webhook_id'], unique=False)

    op.create_table('answers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_answers_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_answers_file_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['question_id'], ['questions.id'], name=op.f('fk_answers_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answers')),
    sa.UniqueConstraint('delegate_id', 'question_id', name=op.f('uq_answers_delegate_id_question_id'))
    )
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answers_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answers_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answers_question_id'), ['question_id'], unique=False)

    op.create_table('erasures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=True),
    sa.Column('delegate_number', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_erasures_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_erasures_delegate_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_erasures_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_erasures_event_id_number'))
    )
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_erasures_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasures_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_erasures_event_id'), ['event_id'], unique=False)

    op.create_table('profile_edits',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changes', sa.JSON(), nullable=False),
    sa.Column('needs_decision', sa.Boolean(), nullable=False),
    sa.Column('outcome', sa.Enum('kept', 'put_back', name='outcome', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_profile_edits_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['accounts.id'], name=op.f('fk_profile_edits_decided_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_profile_edits_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_profile_edits_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_edits'))
    )
    with op.batch_alter_table('profile_edits', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_edits_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_edits_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_edits_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_edits_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_profile_edits_event_id_outcome', ['event_id', 'needs_decision', 'outcome'], unique=False)

    op.create_table('registration_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', 'companion', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('invitation_id', sa.Integer(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('accompanies_id', sa.Integer(), nullable=True),
    sa.Column('delegate_id', sa.Integer(), nullable=True),
    sa.Column('photo_id', sa.Integer(), nullable=True),
    sa.Column('secret_hash', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('reached', sa.String(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['accompanies_id'], ['delegates.id'], name=op.f('fk_registration_drafts_accompanies_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_registration_drafts_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_registration_drafts_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_registration_drafts_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_registration_drafts_invitation_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['photo_id'], ['files.id'], name=op.f('fk_registration_drafts_photo_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_drafts')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_registration_drafts_secret_hash'))
    )
    with op.batch_alter_table('registration_drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_drafts_accompanies_id'), ['accompanies_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_drafts_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_drafts_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_drafts_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_drafts_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_drafts_photo_id'), ['photo_id'], unique=False)

    op.create_table('replacements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('former_name', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_replacements_account_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_replacements_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_replacements_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replacements'))
    )
    with op.batch_alter_table('replacements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_replacements_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacements_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_replacements_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.add_column(sa.Column('offer_sectors', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('seek_sectors', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('size', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('website', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('about', sa.JSON(), nullable=False, server_default='{}'))

    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.add_column(sa.Column('on_paper', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('noted_by_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_consents_delegate_id_purpose_text_version'), type_='unique')
        batch_op.create_index(batch_op.f('ix_consents_noted_by_id'), ['noted_by_id'], unique=False)
        batch_op.create_index('uq_consents_standing', ['delegate_id', 'purpose', 'text_version'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_consents_noted_by_id'), 'accounts', ['noted_by_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accompanies_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('invitation_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('photo_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('is_vip', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('offer_ends_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('decision_note', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('reply', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('badge_confirmed_hash', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_delegates_accompanies_id'), ['accompanies_id'], unique=False)
        batch_op.create_index('ix_delegates_event_id_identity_key', ['event_id', 'identity_key'], unique=False)
        batch_op.create_index('ix_delegates_event_id_waiting_since', ['event_id', 'waiting_since'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_invitation_id'), ['invitation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_delegates_photo_id'), ['photo_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_delegates_invitation_id'), 'invitations', ['invitation_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_delegates_accompanies_id'), 'delegates', ['accompanies_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_delegates_photo_id'), 'files', ['photo_id'], ['id'], ondelete='SET NULL')
        batch_op.drop_column('photo')

    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))

    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.add_column(sa.Column('catalogue_is_public', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('vips_seen_by', sa.JSON(), nullable=False, server_default='["official"]'))
        batch_op.add_column(sa.Column('retention_days', sa.JSON(), nullable=False, server_default='{}'))



def downgrade():
    op.execute(DROPPED)
    replace_checks(0, LEFT[1:])
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_column('retention_days')
        batch_op.drop_column('vips_seen_by')
        batch_op.drop_column('catalogue_is_public')

    with op.batch_alter_table('delegations', schema=None) as batch_op:
        batch_op.drop_column('version')

    with op.batch_alter_table('delegates', schema=None) as batch_op:
        batch_op.add_column(sa.Column('photo', sa.VARCHAR(), nullable=True))
        batch_op.drop_constraint(batch_op.f('fk_delegates_photo_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_delegates_accompanies_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_delegates_invitation_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_delegates_photo_id'))
        batch_op.drop_index(batch_op.f('ix_delegates_invitation_id'))
        batch_op.drop_index('ix_delegates_event_id_waiting_since')
        batch_op.drop_index('ix_delegates_event_id_identity_key')
        batch_op.drop_index(batch_op.f('ix_delegates_accompanies_id'))
        batch_op.drop_column('erased_at')
        batch_op.drop_column('badge_confirmed_hash')
        batch_op.drop_column('reply')
        batch_op.drop_column('decision_note')
        batch_op.drop_column('decided_at')
        batch_op.drop_column('offer_ends_at')
        batch_op.drop_column('waiting_since')
        batch_op.drop_column('is_vip')
        batch_op.drop_column('photo_id')
        batch_op.drop_column('invitation_id')
        batch_op.drop_column('accompanies_id')

    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_consents_noted_by_id'), type_='foreignkey')
        batch_op.drop_index('uq_consents_standing', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_consents_noted_by_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_consents_delegate_id_purpose_text_version'), ['delegate_id', 'purpose', 'text_version'])
        batch_op.drop_column('noted_by_id')
        batch_op.drop_column('on_paper')

    with op.batch_alter_table('companies', schema=None) as batch_op:
        batch_op.drop_column('about')
        batch_op.drop_column('website')
        batch_op.drop_column('size')
        batch_op.drop_column('seek_sectors')
        batch_op.drop_column('offer_sectors')

    with op.batch_alter_table('replacements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_replacements_event_id'))
        batch_op.drop_index(batch_op.f('ix_replacements_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_replacements_account_id'))

    op.drop_table('replacements')
    with op.batch_alter_table('registration_drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registration_drafts_photo_id'))
        batch_op.drop_index(batch_op.f('ix_registration_drafts_invitation_id'))
        batch_op.drop_index(batch_op.f('ix_registration_drafts_event_id'))
        batch_op.drop_index(batch_op.f('ix_registration_drafts_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_registration_drafts_account_id'))
        batch_op.drop_index(batch_op.f('ix_registration_drafts_accompanies_id'))

    op.drop_table('registration_drafts')
    with op.batch_alter_table('profile_edits', schema=None) as batch_op:
        batch_op.drop_index('ix_profile_edits_event_id_outcome')
        batch_op.drop_index(batch_op.f('ix_profile_edits_event_id'))
        batch_op.drop_index(batch_op.f('ix_profile_edits_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_profile_edits_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_profile_edits_account_id'))

    op.drop_table('profile_edits')
    with op.batch_alter_table('erasures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_erasures_event_id'))
        batch_op.drop_index(batch_op.f('ix_erasures_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_erasures_account_id'))

    op.drop_table('erasures')
    with op.batch_alter_table('answers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answers_question_id'))
        batch_op.drop_index(batch_op.f('ix_answers_file_id'))
        batch_op.drop_index(batch_op.f('ix_answers_delegate_id'))

    op.drop_table('answers')
    with op.batch_alter_table('webhook_deliveries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_webhook_deliveries_webhook_id'))
        batch_op.drop_index('ix_webhook_deliveries_status_due')

    op.drop_table('webhook_deliveries')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index('uq_invitations_standing', sqlite_where=sa.text('withdrawn_at IS NULL AND email IS NOT NULL'), postgresql_where=sa.text('withdrawn_at IS NULL AND email IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_invitations_event_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_invitations_created_by_id'))

    op.drop_table('invitations')
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_tokens_event_id'))
        batch_op.drop_index(batch_op.f('ix_api_tokens_delegation_id'))
        batch_op.drop_index(batch_op.f('ix_api_tokens_created_by_id'))

    op.drop_table('api_tokens')
    with op.batch_alter_table('webhooks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_webhooks_event_id'))
        batch_op.drop_index(batch_op.f('ix_webhooks_created_by_id'))

    op.drop_table('webhooks')
    with op.batch_alter_table('questions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_questions_event_id'))

    op.drop_table('questions')
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_files_event_id'))

    op.drop_table('files')
    with op.batch_alter_table('capacities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_capacities_event_id'))

    op.drop_table('capacities')
    with op.batch_alter_table('admissions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_admissions_event_id'))

    op.drop_table('admissions')
