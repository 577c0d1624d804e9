package cn.cityapis.bench.eldercare;

import java.io.IOException;
import java.util.List;

import cn.cityapis.bench.Pgbench;

/** The statements of an offer as the service sends them, in bare SQL: nobody decides, unseals, signs or answers. */
record BareOffer(Pgbench pgbench) {

    private static final String SCRIPT = """
            \\set i :i + 1
            \\set home :first + (:client_id + :i * :clients) % :homes
            begin;
            select pg_try_advisory_xact_lock((random() * 1e15)::bigint);
            select request_digest, status, headers, body from idempotency_key
              where scope_digest = sha256(convert_to(random()::text, 'UTF8')) and expires_at > now();
            select ('00000000-0000-7000-8000-' || lpad(to_hex(:home::int), 12, '0'))::uuid as home \\gset o_
            select * from home where id = :o_home::uuid;
            select * from home where id = :o_home::uuid for no key update;
            select b.id as bed, b.label, t.kind, t.levels from bed b join bed_type t on t.id = b.bed_type_id
              where b.home_id = :o_home::uuid and b.state = 'FREE' order by b.label limit 1 \\gset o_
            select id, application_id, home_id, queue_number, channel, applied_at, phase, masked_name, sealed_needs, end_reason
              from queue_entry where home_id = :o_home::uuid and ended_at is null order by channel_rank, applied_at, id limit 64;
            select o.application_id from offer o where o.state in ('OPEN', 'ACCEPTED', 'PAPERS_CHECKED') and o.application_id = any(
              array(select application_id from queue_entry where home_id = :o_home::uuid and ended_at is null
                    order by channel_rank, applied_at, id limit 64));
            select id as entry, application_id as application from queue_entry
              where home_id = :o_home::uuid and phase = 'WAITING' order by channel_rank, applied_at, id limit 1 \\gset o_
            select * from application where id = :o_application::uuid for update;
            select b.id, o.options from rule_book b join rule_option o on o.rule_book_id = b.id order by o.valid_from desc limit 1;
            select * from rule_book_extension where rule_book_id = '2023-17' order by decided_on, id;
            select gen_random_uuid() as offer \\gset o_
            insert into offer (id, version, home_id, bed_id, entry_id, application_id, person_index, state, candidates, made_at, made_by,
                               move_in_by, deadline_provisional)
              select :o_offer::uuid, 1, :o_home::uuid, :o_bed::uuid, :o_entry::uuid, a.id, a.person_index, 'OPEN', (
                  select coalesce(jsonb_agg(jsonb_build_object('place', 1, 'queueNumber', queue_number, 'channel', channel,
                         'appliedAt', applied_at, 'verdict', 'OFFER_OPEN')), '[]') from queue_entry
                  where home_id = :o_home::uuid and phase = 'OFFERED'), now(), 'bench', current_date + 9, false
              from application a where a.id = :o_application::uuid;
            update bed set state = 'OFFERED', version = version + 1, changed_at = now() where id = :o_bed::uuid and state = 'FREE';
            with changed as (update queue_entry set phase = 'OFFERED' where id = :o_entry::uuid and phase = 'WAITING' returning *),
              numbered as (update home h set last_event_seq = h.last_event_seq + 1 from changed c where h.id = c.home_id
                           returning h.id, h.last_event_seq as seq)
              insert into queue_event (home_id, seq, kind, entry_id, application_id, queue_number, channel, applied_at, phase,
                                       sealed_needs, offer_id, bed, at)
              select c.home_id, n.seq, 'OFFERED', c.id, c.application_id, c.queue_number, c.channel, c.applied_at, c.phase,
                     c.sealed_needs, :o_offer::uuid, '{"kind": "NURSING"}', now() from changed c join numbered n on n.id = c.home_id;
            update application set version = version + 1, state = 'OFFERED', state_facts = state_facts where id = :o_application::uuid
              returning version;
            insert into decision (id, application_id, kind, from_state, to_state, articles, reason, decided_by, decided_at, rule_book_id)
              values (gen_random_uuid(), :o_application::uuid, 'MAKE_OFFER', 'WAITING', 'OFFERED', '{8,20}', 'bench', 'bench', now(),
                      '2023-17');
            insert into outbox (id, type, subject, data, occurred_at) values
              (gen_random_uuid(), 'eldercare.application.make-offer', 'applications/' || :o_application::text, '{}', now());
            insert into outbox (id, type, subject, data, occurred_at) values
              (gen_random_uuid(), 'eldercare.offer.made', 'offers/' || :o_offer::text, '{}', now());
            insert into notice (id, recipient, kind, content, about, sent_at, outcome) values
              (gen_random_uuid(), 'bench', 'offer-made', 'bench', 'offers/' || :o_offer::text, now(), 'recorded');
            insert into audit_entry (id, at, client_id, subject, roles, action, resource_type, resource_id, details) values
              (gen_random_uuid(), now(), 'bench', 'bench', '', 'offer.make', 'offer', :o_offer::text, '{}');
            select * from offer where id = :o_offer::uuid;
            select b.*, t.* from bed b join bed_type t on t.id = b.bed_type_id where b.id = :o_bed::uuid;
            insert into idempotency_key (scope_digest, request_digest, status, headers, body, created_at, expires_at)
              values (sha256(convert_to(:o_offer::text, 'UTF8')), sha256('x'), 201, '{}', convert_to(repeat('x', 1200), 'UTF8'), now(),
                      now() + interval '30 days');
            commit;
            """;

    /**
     * @param first   number of the first home, {@code homes} how many
     * @param clients at once
     * @return transactions a second
     */
    double aSecond(int first, int homes, int clients, int offers) throws IOException, InterruptedException {
        return pgbench.aSecond(SCRIPT, clients, List.of("-t", String.valueOf(offers / clients), "-D", "i=-1", "-D",
                "first=" + first, "-D", "homes=" + homes, "-D", "clients=" + clients));
    }
}
