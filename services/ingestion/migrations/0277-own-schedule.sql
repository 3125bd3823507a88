-- Sellers who have chosen a schedule of their own. What each has chosen is in its settings' stream, which is read whenever
-- a sync is due; here is only what decides whose note of the next one still stands.
--
-- Invariants and who keeps them
--   a changed default forgets the notes of those who follow it, and of nobody else   own_schedule
--   who read the settings before they changed leaves no note after   settings_position, compared by every note

alter table ingestion.seller_account
  add column own_schedule boolean not null default false,
  add column settings_position bigint not null default 0; -- of the last change of settings that was heard of
