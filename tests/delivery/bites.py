"""Every test of a delivery rule, with ways to take the rule away that it must notice."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping

import pytest

from tests.delivery import mutations as without
from tests.delivery import test_rules_contract as contract
from tests.delivery import test_rules_failure as failure
from tests.delivery import test_rules_giving_up as giving_up
from tests.delivery import test_rules_identity as identity
from tests.delivery import test_rules_natural_keys as natural_keys
from tests.delivery import test_rules_order as order

Check = Callable[[], Awaitable[None]]
"""A test of one rule; its name begins with `test_rule_` and the rule's number."""

BITES: tuple[tuple[Check, without.Mutation], ...] = (
    (
        identity.test_rule_01_a_reused_id_is_dead_lettered_and_the_first_payload_stands,
        without.hashes_are_not_compared,
    ),
    (identity.test_rule_01_a_repetition_is_absorbed, without.seen_ids_never_match),
    (identity.test_rule_01_after_the_end_the_chain_answers, without.ended_cases_keep_their_ids),
    (
        identity.test_rule_02_a_replay_makes_the_same_events,
        without.events_ids_are_drawn,
    ),
    (
        identity.test_rule_02_a_replay_makes_the_same_events,
        without.outcomes_and_timers_ids_are_drawn,
    ),
    (
        identity.test_rule_02_what_the_hub_says_has_an_id_of_its_cause,
        without.rejections_ids_are_drawn,
    ),
    (
        identity.test_rule_03_seen_ids_stand_in_the_row_of_their_case,
        without.seen_ids_are_not_written,
    ),
    (
        identity.test_rule_03_seen_ids_end_with_their_case,
        without.ended_cases_keep_their_ids,
    ),
    (
        natural_keys.test_rule_04_the_same_birth_in_another_case_is_a_duplicate,
        without.a_births_key_is_its_case,
    ),
    (
        natural_keys.test_rule_04_the_same_birth_in_its_own_case_is_success,
        without.every_entry_is_anothers,
    ),
    (natural_keys.test_rule_04_twins_are_two, without.a_births_key_is_its_mother),
    (natural_keys.test_rule_04_nobody_dies_in_two_cases, without.a_deaths_key_is_its_case),
    (
        natural_keys.test_rule_04_the_same_death_in_its_own_case_is_success,
        without.every_entry_is_anothers,
    ),
    (
        natural_keys.test_rule_04_a_death_has_one_allowance,
        without.an_allowances_key_is_its_case,
    ),
    (
        order.test_rule_05_what_a_dead_process_left_is_published,
        without.what_is_left_is_not_published,
    ),
    (
        order.test_rule_05_what_is_left_goes_first_and_in_its_order,
        without.what_is_left_is_published_in_any_order,
    ),
    (
        order.test_rule_05_a_row_goes_after_its_acknowledgement,
        without.rows_go_before_they_are_acknowledged,
    ),
    (
        order.test_rule_06_whoever_was_replaced_writes_and_publishes_nothing,
        without.leases_are_not_checked,
    ),
    (
        order.test_rule_06_a_row_that_changed_since_it_was_read_is_not_overwritten,
        without.versions_are_not_checked,
    ),
    (
        order.test_rule_07_offsets_are_committed_after_publishing,
        without.offsets_are_committed_when_they_are_read,
    ),
    (
        order.test_rule_07_a_first_start_begins_at_the_earliest_record,
        without.a_first_start_begins_at_the_end,
    ),
    (
        order.test_rule_07_an_offset_outside_the_log_is_an_alarm,
        without.an_offset_outside_the_log_is_moved_into_it,
    ),
    (
        order.test_rule_08_a_timer_is_deleted_by_the_transition_it_causes,
        without.fired_timers_stay,
    ),
    (
        order.test_rule_08_a_decision_returns_the_whole_set_of_timers,
        without.a_timer_that_was_taken_off_fires,
    ),
    (
        order.test_rule_08_only_the_partitions_owner_fires_its_timers,
        without.anybody_fires_timers,
    ),
    (
        giving_up.test_rule_09_an_event_that_fails_leaves_its_neighbours_alone,
        without.a_handlers_error_is_the_batchs,
    ),
    (
        giving_up.test_rule_09_an_event_that_fails_leaves_its_neighbours_alone,
        without.a_failed_case_is_not_put_aside,
    ),
    (
        giving_up.test_rule_09_an_event_that_ends_its_process_is_put_aside,
        without.starts_are_not_remembered,
    ),
    (
        giving_up.test_rule_09_a_process_that_is_stopped_from_outside_costs_no_event,
        without.whoever_ends_beside_a_record_accuses_it,
    ),
    (
        giving_up.test_rule_09_a_record_that_ends_the_router_is_put_aside,
        without.routers_starts_are_not_remembered,
    ),
    (
        giving_up.test_rule_10_a_requeue_clears_that_and_reaches_the_one_that_failed,
        without.a_requeue_is_a_repetition,
    ),
    (giving_up.test_rule_10_what_was_given_up_stays_given_up, without.dead_ids_are_forgotten),
    (failure.test_rule_11_a_rejection_of_a_case_is_told_to_dvclt, without.dvclt_is_not_told),
    (
        failure.test_rule_12_an_outcome_is_forgotten_only_when_it_is_safe,
        without.outcomes_are_acknowledged_when_they_are_collected,
    ),
    (
        failure.test_rule_13_after_an_error_a_new_producer_publishes_the_outbox,
        without.a_producers_error_is_passed_over,
    ),
    (
        failure.test_rule_14_a_record_that_does_not_fit_begins_the_next_batch,
        without.a_record_that_does_not_fit_is_passed_over,
    ),
    (
        failure.test_rule_14_a_large_record_reaches_the_router_and_is_refused_with_a_reason,
        without.input_topics_take_small_records_only,
    ),
    (
        failure.test_rule_14_a_record_that_the_broker_refuses_is_dead_lettered,
        without.records_of_any_size_are_sent,
    ),
    (
        failure.test_rule_15_the_router_commits_after_every_acknowledgement,
        without.offsets_are_committed_when_they_are_read,
    ),
    (
        contract.test_rule_16_two_readers_can_not_see_two_values,
        without.json_is_read_leniently,
    ),
    (
        contract.test_rule_17_another_broker_than_the_runs_stops_the_role,
        without.any_broker_will_do,
    ),
)

MODULES = (identity, natural_keys, order, giving_up, failure, contract)


def checks_by_rule() -> Mapping[int, list[Check]]:
    """All tests of rules, by the number of the rule."""
    found: dict[int, list[Check]] = {}
    for module in MODULES:
        for name, check in inspect.getmembers(module, inspect.iscoroutinefunction):
            if name.startswith("test_rule_"):
                found.setdefault(rule_of(check), []).append(check)
    return found


def rule_of(check: Check) -> int:
    """The number of the rule that a test is of."""
    return int(told(check).split(" ", 2)[1])


def told(part: object) -> str:
    """The name of a test or mutation as words."""
    return str(getattr(part, "__name__", part)).removeprefix("test_").replace("_", " ")


async def notices(check: Check, mutation: without.Mutation) -> bool:
    """Whether a test fails with its rule taken away; in memory, and for this one call."""
    with pytest.MonkeyPatch.context() as patch:
        mutation(patch)
        try:
            async with asyncio.timeout(5):
                await check()
        except (AssertionError, pytest.fail.Exception):
            return True
    return False
