-- AlterTable
ALTER TABLE "RefusedCheckIn" ADD COLUMN     "lateMinutes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "leftEarlyMinutes" INTEGER NOT NULL DEFAULT 0;

-- CreateIndex
CREATE INDEX "SheetScan_municipalityId_idx" ON "SheetScan"("municipalityId");

-- CreateIndex
CREATE INDEX "ScanPlacement_municipalityId_id_idx" ON "ScanPlacement"("municipalityId", "id");

-- ═════════════════════════════════════════════════════════════════════════════
-- Written by hand from here on.
-- ═════════════════════════════════════════════════════════════════════════════

-- Minutes late or left early are of somebody who was there. What was written before this rule stays as it was written.
ALTER TABLE "AttendanceClaim" ADD CONSTRAINT attendance_claim_minutes_of_present CHECK ("mark" IS NOT DISTINCT FROM 'present' OR "lateMinutes" + "leftEarlyMinutes" = 0) NOT VALID;
ALTER TABLE "Attendance" ADD CONSTRAINT attendance_minutes_of_present CHECK ("mark" IS NOT DISTINCT FROM 'present' OR "lateMinutes" + "leftEarlyMinutes" = 0) NOT VALID;
ALTER TABLE "RefusedCheckIn" ADD CONSTRAINT refused_check_in_minutes CHECK ("lateMinutes" BETWEEN 0 AND 1440 AND "leftEarlyMinutes" BETWEEN 0 AND 1440);
-- A sheet without names or signatures is no sheet for signing.
ALTER TABLE "FunderProfileVersion" ADD CONSTRAINT funder_version_is_signed CHECK ("columns" @> ARRAY['name', 'signature']) NOT VALID;
-- A page is filed by its code or by somebody.
ALTER TABLE "ScanPlacement" ADD CONSTRAINT scan_placement_author CHECK ("isByQr" = ("placedById" IS NULL)) NOT VALID;

-- From the day after: what was signed this morning stays as it was printed.
CREATE OR REPLACE FUNCTION funder_version_is_in_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last date;
BEGIN
  PERFORM FROM "FunderProfile" p WHERE p."id" = NEW."profileId" FOR NO KEY UPDATE;
  SELECT max(v."validFrom") INTO last FROM "FunderProfileVersion" v WHERE v."profileId" = NEW."profileId" AND v."id" <> NEW."id";
  IF NEW."validFrom" <= last OR (last IS NOT NULL AND NEW."validFrom" <= (
    SELECT (clock_timestamp() AT TIME ZONE m."timeZone")::date FROM "Municipality" m WHERE m."id" = NEW."municipalityId")) THEN
    RAISE EXCEPTION 'funder_version_in_turn: a version for days that have one' USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_version_in_turn';
  END IF;
  RETURN NULL;
END $$;

-- As the first migration has them now. A database made by an earlier state of it had FOR UPDATE, which deadlocks with a foreign key's own lock.
CREATE OR REPLACE FUNCTION training_follow_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed uuid;
  owner uuid;
BEGIN
  IF TG_TABLE_NAME = 'Session' THEN changed := NEW."id"; ELSE changed := NEW."sessionId"; END IF;
  SELECT "trainingId" INTO owner FROM "TrainingSession" WHERE "sessionId" = changed;
  IF owner IS NULL THEN RETURN NULL; END IF;
  PERFORM FROM "Training" WHERE "id" = owner FOR NO KEY UPDATE; -- the foreign key's own lock goes beside it, where FOR UPDATE would deadlock
  IF EXISTS (
    SELECT FROM "Session" a JOIN "TrainingSession" t ON t."trainingId" = owner AND t."sessionId" <> a."id" JOIN "Session" b ON b."id" = t."sessionId"
    WHERE a."id" = changed AND a."cancelledAt" IS NULL AND b."cancelledAt" IS NULL AND tstzrange(a."startsAt", a."endsAt") && tstzrange(b."startsAt", b."endsAt")
  ) THEN
    RAISE EXCEPTION 'two sessions of one training overlap' USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'training_sessions_apart';
  END IF;
  UPDATE "Training" SET ("startsAt", "endsAt") = (
    SELECT min(s."startsAt"), max(s."endsAt") FROM "TrainingSession" t JOIN "Session" s ON s."id" = t."sessionId" WHERE t."trainingId" = owner AND s."cancelledAt" IS NULL
  ) WHERE "id" = owner;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION enrolment_follow_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before "EnrolmentState";
  training uuid;
BEGIN
  SELECT "state", "trainingId" INTO before, training FROM "Enrolment" WHERE "id" = NEW."enrolmentId" FOR NO KEY UPDATE;
  UPDATE "Enrolment" SET "state" = NEW."state", "stateSince" = NEW."at" WHERE "id" = NEW."enrolmentId";
  IF before <> 'approved' AND NEW."state" = 'approved' THEN
    UPDATE "Training" SET "seatsTaken" = "seatsTaken" + 1 WHERE "id" = training;
  ELSIF before = 'approved' AND NEW."state" <> 'approved' THEN
    UPDATE "Training" SET "seatsTaken" = "seatsTaken" - 1 WHERE "id" = training;
  END IF;
  RETURN NULL;
END $$;
