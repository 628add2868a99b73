"""papers and visits: designs, stations, hosts, buses, wishes"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


# Table, check, column, the values before and the values now.
# fmt: off
_GROWN = (
    ("files", "ck_files_kind", "kind", ("photo", "answer", "export",), ("photo", "answer", "export", "design", "site_map", "host_template",)),
    ("seats", "ck_seats_status", "status", ("seated", "waiting", "cancelled",), ("seated", "offered", "waiting", "cancelled",)),
)
# fmt: on


def allow(is_now) -> None:
    for table, check, column, before, now in _GROWN:
        listed = ", ".join(f"'{value}'" for value in (now if is_now else before))
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(op.f(check), type_="check")
        op.execute(f"DELETE FROM {table} WHERE {column} NOT IN ({listed})")
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_check_constraint(op.f(check), f"{column} IN ({listed})")


def upgrade():
    allow(is_now=True)
    op.create_table('assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.Enum('ready', 'applied', 'told', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('certificate', sa.JSON(), nullable=False),
    sa.Column('result', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_assignments_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_assignments_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignments'))
    )
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignments_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_assignments_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_assignments_event_id_status', ['event_id', 'status'], unique=False)

    op.create_table('badge_designs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('published', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_badge_designs_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_badge_designs')),
    sa.UniqueConstraint('event_id', 'title', name=op.f('uq_badge_designs_event_id_title'))
    )
    with op.batch_alter_table('badge_designs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_badge_designs_event_id'), ['event_id'], unique=False)

    op.create_table('print_stations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=False),
    sa.Column('right_mm', sa.Double(), nullable=False),
    sa.Column('down_mm', sa.Double(), nullable=False),
    sa.Column('is_paused', sa.Boolean(), nullable=False),
    sa.Column('printer', sa.String(), nullable=True),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_print_stations_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_stations')),
    sa.UniqueConstraint('event_id', 'name', name=op.f('uq_print_stations_event_id_name'))
    )
    with op.batch_alter_table('print_stations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_stations_event_id'), ['event_id'], unique=False)

    op.create_table('design_pictures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_design_pictures_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_design_pictures_file_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_design_pictures')),
    sa.UniqueConstraint('event_id', 'digest', name=op.f('uq_design_pictures_event_id_digest'))
    )
    with op.batch_alter_table('design_pictures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_design_pictures_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_design_pictures_file_id'), ['file_id'], unique=False)

    op.create_table('design_uses',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('category', sa.Enum('official', 'delegate', 'speaker', 'press', 'interpreter', 'staff', 'companion', name='category', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('design_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['design_id'], ['badge_designs.id'], name=op.f('fk_design_uses_design_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_design_uses_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_design_uses')),
    sa.UniqueConstraint('event_id', 'category', name=op.f('uq_design_uses_event_id_category'))
    )
    with op.batch_alter_table('design_uses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_design_uses_design_id'), ['design_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_design_uses_event_id'), ['event_id'], unique=False)

    op.create_table('design_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('design_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_design_versions_created_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['design_id'], ['badge_designs.id'], name=op.f('fk_design_versions_design_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_design_versions')),
    sa.UniqueConstraint('design_id', 'number', name=op.f('uq_design_versions_design_id_number'))
    )
    with op.batch_alter_table('design_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_design_versions_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_design_versions_design_id'), ['design_id'], unique=False)

    op.create_table('access_lists',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('cut_off_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('compared_with', sa.Integer(), nullable=True),
    sa.Column('template_id', sa.Integer(), nullable=True),
    sa.Column('layout', sa.JSON(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_access_lists_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['accounts.id'], name=op.f('fk_access_lists_made_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['accounts.id'], name=op.f('fk_access_lists_sent_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['template_id'], ['files.id'], name=op.f('fk_access_lists_template_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_access_lists_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_lists')),
    sa.UniqueConstraint('visit_id', 'number', name=op.f('uq_access_lists_visit_id_number'))
    )
    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_lists_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_lists_made_by_id'), ['made_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_lists_sent_by_id'), ['sent_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_lists_template_id'), ['template_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_lists_visit_id'), ['visit_id'], unique=False)

    op.create_table('overrides',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('other_kind', sa.String(), nullable=False),
    sa.Column('other_row_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['accounts.id'], name=op.f('fk_overrides_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_overrides_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_overrides_event_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_overrides')),
    sa.UniqueConstraint('delegate_id', 'kind', 'row_id', 'other_kind', 'other_row_id', name=op.f('uq_overrides_delegate_id_kind_row_id_other_kind_other_row_id'))
    )
    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_overrides_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_overrides_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_overrides_kind_row_id', ['kind', 'row_id'], unique=False)

    op.create_table('wishes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('choice BETWEEN 1 AND 3', name=op.f('ck_wishes_choice_of_three')),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_wishes_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_wishes_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_wishes_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wishes')),
    sa.UniqueConstraint('delegate_id', 'choice', name=op.f('uq_wishes_delegate_id_choice')),
    sa.UniqueConstraint('delegate_id', 'visit_id', name=op.f('uq_wishes_delegate_id_visit_id'))
    )
    with op.batch_alter_table('wishes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wishes_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_wishes_visit_id'), ['visit_id'], unique=False)

    op.create_table('access_list_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('list_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('change', sa.String(), nullable=False),
    sa.Column('changed_fields', sa.JSON(), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_access_list_entries_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['list_id'], ['access_lists.id'], name=op.f('fk_access_list_entries_list_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_list_entries')),
    sa.UniqueConstraint('list_id', 'delegate_id', name=op.f('uq_access_list_entries_list_id_delegate_id'))
    )
    with op.batch_alter_table('access_list_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_list_entries_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_list_entries_list_id'), ['list_id'], unique=False)

    op.create_table('boarding_ticks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('bus_id', sa.Integer(), nullable=True),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('out', 'back', name='leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_aboard', sa.Boolean(), nullable=False),
    sa.Column('is_scanned', sa.Boolean(), nullable=False),
    sa.Column('ticked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['bus_id'], ['buses.id'], name=op.f('fk_boarding_ticks_bus_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by_id'], ['accounts.id'], name=op.f('fk_boarding_ticks_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_boarding_ticks_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_boarding_ticks_visit_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_boarding_ticks')),
    sa.UniqueConstraint('key', name=op.f('uq_boarding_ticks_key'))
    )
    with op.batch_alter_table('boarding_ticks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_boarding_ticks_bus_id'), ['bus_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_boarding_ticks_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_boarding_ticks_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index('ix_boarding_ticks_visit_id_delegate_id', ['visit_id', 'delegate_id'], unique=False)

    op.create_table('bus_stops',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('bus_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('out', 'back', name='leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['bus_id'], ['buses.id'], name=op.f('fk_bus_stops_bus_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bus_stops'))
    )
    with op.batch_alter_table('bus_stops', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bus_stops_bus_id'), ['bus_id'], unique=False)

    op.create_table('print_jobs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('delegate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('badge', 'agenda', 'badge_back', 'tent_card', 'name_plate', 'table_agenda', 'interpreter_agenda', 'company_agenda', 'programme', 'room_programme', 'session_sheet', 'delegation_sheet', 'visit_sheet', 'visit_list', 'door_sign', 'table_sign', 'seating_plan', 'booklet', 'day_pack', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('station_id', sa.Integer(), nullable=True),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('paper_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.Enum('queued', 'taken', 'printed', 'failed', 'cancelled', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_urgent', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('error', sa.String(), nullable=True),
    sa.Column('remote_id', sa.Integer(), nullable=True),
    sa.Column('remote_printer', sa.String(), nullable=True),
    sa.Column('is_wanted_back', sa.Boolean(), nullable=False),
    sa.Column('handed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ordered_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lease', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['delegate_id'], ['delegates.id'], name=op.f('fk_print_jobs_delegate_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_print_jobs_event_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['ordered_by_id'], ['accounts.id'], name=op.f('fk_print_jobs_ordered_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['paper_id'], ['papers.id'], name=op.f('fk_print_jobs_paper_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['station_id'], ['print_stations.id'], name=op.f('fk_print_jobs_station_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['taken_by_id'], ['print_stations.id'], name=op.f('fk_print_jobs_taken_by_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_print_jobs'))
    )
    with op.batch_alter_table('print_jobs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_print_jobs_delegate_id'), ['delegate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_jobs_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_jobs_ordered_by_id'), ['ordered_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_jobs_paper_id'), ['paper_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_jobs_station_id'), ['station_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_print_jobs_taken_by_id'), ['taken_by_id'], unique=False)
        batch_op.create_index('ix_print_jobs_waiting', ['event_id', 'status', 'is_urgent', 'id'], unique=False)
        batch_op.create_index('uq_print_jobs_open', ['delegate_id', 'kind'], unique=True, sqlite_where=sa.text("status IN ('queued', 'taken')"), postgresql_where=sa.text("status IN ('queued', 'taken')"))

    op.create_table('bus_departures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('bus_id', sa.Integer(), nullable=False),
    sa.Column('stop_id', sa.Integer(), nullable=True),
    sa.Column('leg', sa.Enum('out', 'back', name='leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('is_gone', sa.Boolean(), nullable=False),
    sa.Column('aboard', sa.Integer(), nullable=False),
    sa.Column('expected', sa.Integer(), nullable=False),
    sa.Column('missing_ids', sa.JSON(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['bus_id'], ['buses.id'], name=op.f('fk_bus_departures_bus_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['by_id'], ['accounts.id'], name=op.f('fk_bus_departures_by_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['stop_id'], ['bus_stops.id'], name=op.f('fk_bus_departures_stop_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bus_departures')),
    sa.UniqueConstraint('key', name=op.f('uq_bus_departures_key'))
    )
    with op.batch_alter_table('bus_departures', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bus_departures_bus_id'), ['bus_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bus_departures_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_bus_departures_stop_id'), ['stop_id'], unique=False)

    with op.batch_alter_table('buses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deputy_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch_op.create_index(batch_op.f('ix_buses_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_buses_deputy_id'), 'delegates', ['deputy_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.add_column(sa.Column('subject_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('languages', sa.String(), nullable=True))
        batch_op.alter_column('delegate_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_papers_event_id_kind_subject_id_languages_revision'), ['event_id', 'kind', 'subject_id', 'languages', 'revision'])

    with op.batch_alter_table('prints', schema=None) as batch_op:
        batch_op.add_column(sa.Column('job_id', sa.Integer(), nullable=True))
        batch_op.alter_column('run_id',
               existing_type=sa.INTEGER(),
               nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_prints_job_id'), ['job_id'])
        batch_op.create_foreign_key(batch_op.f('fk_prints_job_id'), 'print_jobs', ['job_id'], ['id'], ondelete='CASCADE')

    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stop_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('stays_in_bus', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('told_ride', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('offer_ends_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('is_tentative', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f('ix_seats_stop_id'), ['stop_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_seats_stop_id'), 'bus_stops', ['stop_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.add_column(sa.Column('sectors', sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column('contact_name', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('contact_phone', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('map_picture_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('template_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('template_layout', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column('is_public', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch_op.create_index(batch_op.f('ix_sites_map_picture_id'), ['map_picture_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sites_template_id'), ['template_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_sites_map_picture_id'), 'files', ['map_picture_id'], ['id'], ondelete='SET NULL')
        batch_op.create_foreign_key(batch_op.f('fk_sites_template_id'), 'files', ['template_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.add_column(sa.Column('title', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column('programme', sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
        batch_op.add_column(sa.Column('categories', sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column('status', sa.Enum('open', 'closed', 'cancelled', name='status', native_enum=False, create_constraint=True, length=32), nullable=False, server_default="open"))
        batch_op.add_column(sa.Column('sign_up_mode', sa.Enum('first_come', 'assigned', name='sign_up_mode', native_enum=False, create_constraint=True, length=32), nullable=False, server_default="first_come"))
        batch_op.add_column(sa.Column('sign_up_opens_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('sign_up_closes_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('offer_hours', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('cut_off_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('change_number', sa.Integer(), nullable=False, server_default=sa.text('0')))
        batch_op.add_column(sa.Column('documents_reminded_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('briefed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    # Earlier versions know no papers about a table or a door, and no prints of stations.
    op.execute("DELETE FROM prints WHERE run_id IS NULL")
    op.execute("DELETE FROM papers WHERE delegate_id IS NULL")
    allow(is_now=False)
    with op.batch_alter_table('visits', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_visits_status'), type_='check')
        batch_op.drop_constraint(op.f('ck_visits_sign_up_mode'), type_='check')
        batch_op.drop_column('briefed_at')
        batch_op.drop_column('documents_reminded_at')
        batch_op.drop_column('change_number')
        batch_op.drop_column('cut_off_at')
        batch_op.drop_column('offer_hours')
        batch_op.drop_column('sign_up_closes_at')
        batch_op.drop_column('sign_up_opens_at')
        batch_op.drop_column('sign_up_mode')
        batch_op.drop_column('status')
        batch_op.drop_column('categories')
        batch_op.drop_column('programme')
        batch_op.drop_column('title')

    with op.batch_alter_table('sites', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_sites_template_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_sites_map_picture_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_sites_template_id'))
        batch_op.drop_index(batch_op.f('ix_sites_map_picture_id'))
        batch_op.drop_column('version')
        batch_op.drop_column('is_public')
        batch_op.drop_column('template_layout')
        batch_op.drop_column('template_id')
        batch_op.drop_column('map_picture_id')
        batch_op.drop_column('contact_phone')
        batch_op.drop_column('contact_name')
        batch_op.drop_column('sectors')

    with op.batch_alter_table('seats', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_seats_stop_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_seats_stop_id'))
        batch_op.drop_column('is_tentative')
        batch_op.drop_column('offer_ends_at')
        batch_op.drop_column('told_ride')
        batch_op.drop_column('stays_in_bus')
        batch_op.drop_column('stop_id')

    with op.batch_alter_table('prints', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_prints_job_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_prints_job_id'), type_='unique')
        batch_op.alter_column('run_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('job_id')

    with op.batch_alter_table('papers', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_papers_event_id_kind_subject_id_languages_revision'), type_='unique')
        batch_op.alter_column('delegate_id',
               existing_type=sa.INTEGER(),
               nullable=False)
        batch_op.drop_column('languages')
        batch_op.drop_column('subject_id')

    with op.batch_alter_table('buses', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_buses_deputy_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_buses_deputy_id'))
        batch_op.drop_column('version')
        batch_op.drop_column('deputy_id')

    with op.batch_alter_table('bus_departures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bus_departures_stop_id'))
        batch_op.drop_index(batch_op.f('ix_bus_departures_by_id'))
        batch_op.drop_index(batch_op.f('ix_bus_departures_bus_id'))

    op.drop_table('bus_departures')
    with op.batch_alter_table('print_jobs', schema=None) as batch_op:
        batch_op.drop_index('uq_print_jobs_open', sqlite_where=sa.text("status IN ('queued', 'taken')"), postgresql_where=sa.text("status IN ('queued', 'taken')"))
        batch_op.drop_index('ix_print_jobs_waiting')
        batch_op.drop_index(batch_op.f('ix_print_jobs_taken_by_id'))
        batch_op.drop_index(batch_op.f('ix_print_jobs_station_id'))
        batch_op.drop_index(batch_op.f('ix_print_jobs_paper_id'))
        batch_op.drop_index(batch_op.f('ix_print_jobs_ordered_by_id'))
        batch_op.drop_index(batch_op.f('ix_print_jobs_event_id'))
        batch_op.drop_index(batch_op.f('ix_print_jobs_delegate_id'))

    op.drop_table('print_jobs')
    with op.batch_alter_table('bus_stops', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bus_stops_bus_id'))

    op.drop_table('bus_stops')
    with op.batch_alter_table('boarding_ticks', schema=None) as batch_op:
        batch_op.drop_index('ix_boarding_ticks_visit_id_delegate_id')
        batch_op.drop_index(batch_op.f('ix_boarding_ticks_delegate_id'))
        batch_op.drop_index(batch_op.f('ix_boarding_ticks_by_id'))
        batch_op.drop_index(batch_op.f('ix_boarding_ticks_bus_id'))

    op.drop_table('boarding_ticks')
    with op.batch_alter_table('access_list_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_list_entries_list_id'))
        batch_op.drop_index(batch_op.f('ix_access_list_entries_delegate_id'))

    op.drop_table('access_list_entries')
    with op.batch_alter_table('wishes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wishes_visit_id'))
        batch_op.drop_index(batch_op.f('ix_wishes_event_id'))

    op.drop_table('wishes')
    with op.batch_alter_table('overrides', schema=None) as batch_op:
        batch_op.drop_index('ix_overrides_kind_row_id')
        batch_op.drop_index(batch_op.f('ix_overrides_event_id'))
        batch_op.drop_index(batch_op.f('ix_overrides_by_id'))

    op.drop_table('overrides')
    with op.batch_alter_table('access_lists', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_lists_visit_id'))
        batch_op.drop_index(batch_op.f('ix_access_lists_template_id'))
        batch_op.drop_index(batch_op.f('ix_access_lists_sent_by_id'))
        batch_op.drop_index(batch_op.f('ix_access_lists_made_by_id'))
        batch_op.drop_index(batch_op.f('ix_access_lists_event_id'))

    op.drop_table('access_lists')
    with op.batch_alter_table('design_versions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_design_versions_design_id'))
        batch_op.drop_index(batch_op.f('ix_design_versions_created_by_id'))

    op.drop_table('design_versions')
    with op.batch_alter_table('design_uses', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_design_uses_event_id'))
        batch_op.drop_index(batch_op.f('ix_design_uses_design_id'))

    op.drop_table('design_uses')
    with op.batch_alter_table('design_pictures', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_design_pictures_file_id'))
        batch_op.drop_index(batch_op.f('ix_design_pictures_event_id'))

    op.drop_table('design_pictures')
    with op.batch_alter_table('print_stations', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_print_stations_event_id'))

    op.drop_table('print_stations')
    with op.batch_alter_table('badge_designs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_badge_designs_event_id'))

    op.drop_table('badge_designs')
    with op.batch_alter_table('assignments', schema=None) as batch_op:
        batch_op.drop_index('ix_assignments_event_id_status')
        batch_op.drop_index(batch_op.f('ix_assignments_event_id'))
        batch_op.drop_index(batch_op.f('ix_assignments_created_by_id'))

    op.drop_table('assignments')
