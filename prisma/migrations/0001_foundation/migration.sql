-- CreateEnum
CREATE TYPE "Role" AS ENUM ('employee', 'trainer', 'supervisor', 'manager', 'coordinator', 'admin');

-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('account', 'auditor_link', 'api_token', 'worker', 'import');

-- CreateEnum
CREATE TYPE "StaffCategory" AS ENUM ('core', 'recommended', 'direct_care', 'support', 'manager', 'referral', 'front_office', 'other');

-- CreateEnum
CREATE TYPE "EmployerKind" AS ENUM ('administration', 'provider');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('female', 'male');

-- CreateEnum
CREATE TYPE "AmountKind" AS ENUM ('grant', 'total');

-- CreateEnum
CREATE TYPE "CourseKind" AS ENUM ('introductory', 'upgrading', 'specialised', 'management', 'other');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('training', 'supervision');

-- CreateEnum
CREATE TYPE "EnrolmentState" AS ENUM ('requested', 'nominated', 'approved', 'waiting', 'refused', 'withdrawn');

-- CreateEnum
CREATE TYPE "ClaimKind" AS ENUM ('mark', 'check_in', 'check_out', 'correction');

-- CreateEnum
CREATE TYPE "ClaimSource" AS ENUM ('roster', 'qr', 'code', 'paper', 'import', 'late_entry');

-- CreateEnum
CREATE TYPE "AttendanceMark" AS ENUM ('present', 'absent', 'excused');

-- CreateTable
CREATE TABLE "Municipality" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "name" TEXT NOT NULL,
    "district" TEXT,
    "nsiCode" TEXT,
    "ekatte" TEXT,
    "timeZone" TEXT NOT NULL DEFAULT 'Europe/Sofia',
    "academicHourMinutes" INTEGER NOT NULL DEFAULT 45,
    "isDemo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Municipality_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "login" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "passwordHash" TEXT,
    "language" TEXT NOT NULL DEFAULT 'bg',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "InstallationGrant" (
    "accountId" UUID NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "InstallationGrant_pkey" PRIMARY KEY ("accountId")
);

-- CreateTable
CREATE TABLE "LoginSession" (
    "id" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "municipalityId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LoginSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PasswordLink" (
    "id" TEXT NOT NULL,
    "accountId" UUID NOT NULL,
    "municipalityId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PasswordLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PendingSubmission" (
    "id" TEXT NOT NULL,
    "accountId" UUID,
    "municipalityId" UUID,
    "path" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PendingSubmission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "displayName" TEXT NOT NULL,
    "personId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoleGrant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "membershipId" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "serviceId" UUID,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "grantedById" UUID,
    "endedAt" TIMESTAMPTZ(3),
    "endedById" UUID,

    CONSTRAINT "RoleGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Employer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "kind" "EmployerKind" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Employer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SocialService" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "employerId" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "SocialService_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServiceAnnex" (
    "serviceId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "annex" INTEGER NOT NULL,

    CONSTRAINT "ServiceAnnex_pkey" PRIMARY KEY ("serviceId","annex")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "givenName" TEXT NOT NULL,
    "middleName" TEXT,
    "familyName" TEXT,
    "latinName" TEXT,
    "employeeNumber" TEXT,
    "sex" "Sex",
    "firstInSocialSystemOn" DATE,
    "isInvented" BOOLEAN NOT NULL DEFAULT false,
    "sortName" TEXT NOT NULL DEFAULT '',
    "searchKey" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "employerId" UUID NOT NULL,
    "serviceId" UUID,
    "position" TEXT NOT NULL,
    "category" "StaffCategory" NOT NULL,
    "startsOn" DATE NOT NULL,
    "endsOn" DATE,

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "numberAsWritten" TEXT,
    "title" TEXT,
    "procedureCode" TEXT,
    "programme" TEXT,
    "funding" TEXT,
    "amountBgn" DECIMAL(14,2),
    "amountKind" "AmountKind",
    "startsOn" DATE,
    "endsOn" DATE,
    "termMonths" INTEGER,
    "announcedOn" DATE,
    "signedAsWritten" TEXT,
    "plannedStaff" INTEGER,
    "isEuFunded" BOOLEAN NOT NULL DEFAULT true,
    "retainUntil" DATE,
    "note" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectWarning" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "isByRule" BOOLEAN NOT NULL DEFAULT true,
    "detail" JSONB NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProjectWarning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Course" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "kind" "CourseKind" NOT NULL,
    "title" TEXT NOT NULL,
    "titleEn" TEXT,
    "topics" TEXT NOT NULL DEFAULT '',
    "durationMinutes" INTEGER NOT NULL,
    "requiredSharePercent" INTEGER NOT NULL DEFAULT 80,
    "legalBasis" TEXT,
    "materials" TEXT,
    "archivedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Training" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "courseId" UUID NOT NULL,
    "projectId" UUID,
    "activityId" UUID,
    "trainerAccountId" UUID NOT NULL,
    "place" TEXT,
    "onlineUrl" TEXT,
    "capacity" INTEGER NOT NULL,
    "seatsTaken" INTEGER NOT NULL DEFAULT 0,
    "note" TEXT,
    "startsAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),
    "isInvented" BOOLEAN NOT NULL DEFAULT false,
    "cancelledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Training_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "kind" "SessionKind" NOT NULL,
    "leaderAccountId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT,
    "onlineUrl" TEXT,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "cancelledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TrainingSession" (
    "sessionId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "trainingId" UUID NOT NULL,

    CONSTRAINT "TrainingSession_pkey" PRIMARY KEY ("sessionId")
);

-- CreateTable
CREATE TABLE "SessionBreak" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SessionBreak_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Enrolment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "trainingId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "state" "EnrolmentState" NOT NULL DEFAULT 'withdrawn',
    "stateSince" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Enrolment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EnrolmentStep" (
    "id" BIGSERIAL NOT NULL,
    "municipalityId" UUID NOT NULL,
    "enrolmentId" UUID NOT NULL,
    "state" "EnrolmentState" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "EnrolmentStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AttendanceClaim" (
    "id" BIGSERIAL NOT NULL,
    "municipalityId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "kind" "ClaimKind" NOT NULL,
    "source" "ClaimSource" NOT NULL,
    "mark" "AttendanceMark",
    "lateMinutes" INTEGER NOT NULL DEFAULT 0,
    "leftEarlyMinutes" INTEGER NOT NULL DEFAULT 0,
    "deviceAt" TIMESTAMPTZ(3),
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "authorKind" "ActorKind" NOT NULL,
    "authorId" UUID,
    "authorName" TEXT NOT NULL,
    "key" UUID NOT NULL,
    "basedOn" BIGINT[] DEFAULT ARRAY[]::BIGINT[],
    "reason" TEXT,

    CONSTRAINT "AttendanceClaim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attendance" (
    "sessionId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "mark" "AttendanceMark" NOT NULL,
    "lateMinutes" INTEGER NOT NULL DEFAULT 0,
    "leftEarlyMinutes" INTEGER NOT NULL DEFAULT 0,
    "attendedMinutes" INTEGER NOT NULL,
    "claimId" BIGINT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Attendance_pkey" PRIMARY KEY ("sessionId","personId")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "municipalityId" UUID NOT NULL,
    "trainingId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL DEFAULT 1,
    "registerYear" INTEGER NOT NULL,
    "registerNumber" INTEGER NOT NULL,
    "issuedOn" DATE NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "issuedById" UUID,
    "issuedByName" TEXT NOT NULL,
    "verifyCode" TEXT NOT NULL,
    "factsHash" TEXT NOT NULL,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CertificateFacts" (
    "certificateId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "salt" TEXT NOT NULL,
    "facts" TEXT NOT NULL,

    CONSTRAINT "CertificateFacts_pkey" PRIMARY KEY ("certificateId")
);

-- CreateTable
CREATE TABLE "CertificateFile" (
    "certificateId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "CertificateFile_pkey" PRIMARY KEY ("certificateId")
);

-- CreateTable
CREATE TABLE "CertificateRevocation" (
    "certificateId" UUID NOT NULL,
    "municipalityId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "revokedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "revokedById" UUID,
    "revokedByName" TEXT NOT NULL,

    CONSTRAINT "CertificateRevocation_pkey" PRIMARY KEY ("certificateId")
);

-- CreateTable
CREATE TABLE "RegisterCounter" (
    "municipalityId" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "lastNumber" INTEGER NOT NULL,

    CONSTRAINT "RegisterCounter_pkey" PRIMARY KEY ("municipalityId","year")
);

-- CreateTable
CREATE TABLE "Blob" (
    "municipalityId" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "Blob_pkey" PRIMARY KEY ("municipalityId","sha256")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "chainId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "municipalityId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT,
    "payloadHash" TEXT NOT NULL,
    "hashedText" TEXT NOT NULL,
    "previousHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("chainId","seq")
);

-- CreateTable
CREATE TABLE "AuditPayload" (
    "chainId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "municipalityId" UUID,
    "salt" TEXT NOT NULL,
    "payload" TEXT NOT NULL,

    CONSTRAINT "AuditPayload_pkey" PRIMARY KEY ("chainId","seq")
);

-- CreateTable
CREATE TABLE "AuditErasure" (
    "chainId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "municipalityId" UUID,
    "erasedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "reason" TEXT NOT NULL,

    CONSTRAINT "AuditErasure_pkey" PRIMARY KEY ("chainId","seq")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "chainId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("chainId")
);

-- CreateTable
CREATE TABLE "SubmissionKey" (
    "municipalityId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "key" UUID NOT NULL,
    "location" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SubmissionKey_pkey" PRIMARY KEY ("municipalityId","accountId","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "Municipality_nsiCode_key" ON "Municipality"("nsiCode");

-- CreateIndex
CREATE UNIQUE INDEX "Account_login_key" ON "Account"("login");

-- CreateIndex
CREATE INDEX "LoginSession_accountId_idx" ON "LoginSession"("accountId");

-- CreateIndex
CREATE INDEX "LoginSession_expiresAt_idx" ON "LoginSession"("expiresAt");

-- CreateIndex
CREATE INDEX "PasswordLink_accountId_idx" ON "PasswordLink"("accountId");

-- CreateIndex
CREATE INDEX "PendingSubmission_expiresAt_idx" ON "PendingSubmission"("expiresAt");

-- CreateIndex
CREATE INDEX "Membership_municipalityId_idx" ON "Membership"("municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_accountId_municipalityId_key" ON "Membership"("accountId", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_id_municipalityId_key" ON "Membership"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_personId_municipalityId_key" ON "Membership"("personId", "municipalityId");

-- CreateIndex
CREATE INDEX "RoleGrant_membershipId_idx" ON "RoleGrant"("membershipId");

-- CreateIndex
CREATE INDEX "RoleGrant_serviceId_idx" ON "RoleGrant"("serviceId");

-- CreateIndex
CREATE UNIQUE INDEX "Employer_id_municipalityId_key" ON "Employer"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Employer_municipalityId_name_key" ON "Employer"("municipalityId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "SocialService_id_municipalityId_key" ON "SocialService"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "SocialService_id_employerId_key" ON "SocialService"("id", "employerId");

-- CreateIndex
CREATE UNIQUE INDEX "SocialService_municipalityId_name_key" ON "SocialService"("municipalityId", "name");

-- CreateIndex
CREATE INDEX "Person_municipalityId_sortName_id_idx" ON "Person"("municipalityId", "sortName", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Person_id_municipalityId_key" ON "Person"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_municipalityId_employeeNumber_key" ON "Person"("municipalityId", "employeeNumber");

-- CreateIndex
CREATE INDEX "Assignment_personId_startsOn_idx" ON "Assignment"("personId", "startsOn");

-- CreateIndex
CREATE INDEX "Assignment_municipalityId_serviceId_idx" ON "Assignment"("municipalityId", "serviceId");

-- CreateIndex
CREATE INDEX "Project_municipalityId_idx" ON "Project"("municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Project_id_municipalityId_key" ON "Project"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "ProjectWarning_projectId_code_key" ON "ProjectWarning"("projectId", "code");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_projectId_ordinal_key" ON "Activity"("projectId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "Activity_id_projectId_key" ON "Activity"("id", "projectId");

-- CreateIndex
CREATE INDEX "Course_municipalityId_idx" ON "Course"("municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Course_id_municipalityId_key" ON "Course"("id", "municipalityId");

-- CreateIndex
CREATE INDEX "Training_municipalityId_startsAt_idx" ON "Training"("municipalityId", "startsAt");

-- CreateIndex
CREATE INDEX "Training_trainerAccountId_startsAt_idx" ON "Training"("trainerAccountId", "startsAt");

-- CreateIndex
CREATE INDEX "Training_projectId_idx" ON "Training"("projectId");

-- CreateIndex
CREATE INDEX "Training_courseId_idx" ON "Training"("courseId");

-- CreateIndex
CREATE UNIQUE INDEX "Training_id_municipalityId_key" ON "Training"("id", "municipalityId");

-- CreateIndex
CREATE INDEX "Session_municipalityId_startsAt_idx" ON "Session"("municipalityId", "startsAt");

-- CreateIndex
CREATE INDEX "Session_leaderAccountId_startsAt_idx" ON "Session"("leaderAccountId", "startsAt");

-- CreateIndex
CREATE UNIQUE INDEX "Session_id_municipalityId_key" ON "Session"("id", "municipalityId");

-- CreateIndex
CREATE INDEX "TrainingSession_trainingId_idx" ON "TrainingSession"("trainingId");

-- CreateIndex
CREATE UNIQUE INDEX "TrainingSession_sessionId_municipalityId_key" ON "TrainingSession"("sessionId", "municipalityId");

-- CreateIndex
CREATE INDEX "SessionBreak_sessionId_idx" ON "SessionBreak"("sessionId");

-- CreateIndex
CREATE INDEX "Enrolment_personId_state_idx" ON "Enrolment"("personId", "state");

-- CreateIndex
CREATE INDEX "Enrolment_trainingId_state_stateSince_idx" ON "Enrolment"("trainingId", "state", "stateSince");

-- CreateIndex
CREATE INDEX "Enrolment_municipalityId_state_idx" ON "Enrolment"("municipalityId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Enrolment_trainingId_personId_key" ON "Enrolment"("trainingId", "personId");

-- CreateIndex
CREATE UNIQUE INDEX "Enrolment_id_municipalityId_key" ON "Enrolment"("id", "municipalityId");

-- CreateIndex
CREATE INDEX "EnrolmentStep_enrolmentId_id_idx" ON "EnrolmentStep"("enrolmentId", "id");

-- CreateIndex
CREATE INDEX "AttendanceClaim_personId_idx" ON "AttendanceClaim"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "AttendanceClaim_sessionId_personId_key_key" ON "AttendanceClaim"("sessionId", "personId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "AttendanceClaim_id_sessionId_personId_key" ON "AttendanceClaim"("id", "sessionId", "personId");

-- CreateIndex
CREATE INDEX "Attendance_personId_idx" ON "Attendance"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_verifyCode_key" ON "Certificate"("verifyCode");

-- CreateIndex
CREATE INDEX "Certificate_personId_idx" ON "Certificate"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_id_municipalityId_key" ON "Certificate"("id", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_municipalityId_registerYear_registerNumber_key" ON "Certificate"("municipalityId", "registerYear", "registerNumber");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_trainingId_personId_ordinal_key" ON "Certificate"("trainingId", "personId", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "CertificateFacts_certificateId_municipalityId_key" ON "CertificateFacts"("certificateId", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "CertificateFile_certificateId_municipalityId_key" ON "CertificateFile"("certificateId", "municipalityId");

-- CreateIndex
CREATE UNIQUE INDEX "CertificateRevocation_certificateId_municipalityId_key" ON "CertificateRevocation"("certificateId", "municipalityId");

-- CreateIndex
CREATE INDEX "AuditEvent_municipalityId_subjectType_subjectId_idx" ON "AuditEvent"("municipalityId", "subjectType", "subjectId");

-- AddForeignKey
ALTER TABLE "InstallationGrant" ADD CONSTRAINT "InstallationGrant_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LoginSession" ADD CONSTRAINT "LoginSession_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LoginSession" ADD CONSTRAINT "LoginSession_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordLink" ADD CONSTRAINT "PasswordLink_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PasswordLink" ADD CONSTRAINT "PasswordLink_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PendingSubmission" ADD CONSTRAINT "PendingSubmission_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PendingSubmission" ADD CONSTRAINT "PendingSubmission_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_membershipId_municipalityId_fkey" FOREIGN KEY ("membershipId", "municipalityId") REFERENCES "Membership"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RoleGrant" ADD CONSTRAINT "RoleGrant_serviceId_municipalityId_fkey" FOREIGN KEY ("serviceId", "municipalityId") REFERENCES "SocialService"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Employer" ADD CONSTRAINT "Employer_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SocialService" ADD CONSTRAINT "SocialService_employerId_municipalityId_fkey" FOREIGN KEY ("employerId", "municipalityId") REFERENCES "Employer"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ServiceAnnex" ADD CONSTRAINT "ServiceAnnex_serviceId_municipalityId_fkey" FOREIGN KEY ("serviceId", "municipalityId") REFERENCES "SocialService"("id", "municipalityId") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_employerId_municipalityId_fkey" FOREIGN KEY ("employerId", "municipalityId") REFERENCES "Employer"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_serviceId_employerId_fkey" FOREIGN KEY ("serviceId", "employerId") REFERENCES "SocialService"("id", "employerId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Project" ADD CONSTRAINT "Project_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectWarning" ADD CONSTRAINT "ProjectWarning_projectId_municipalityId_fkey" FOREIGN KEY ("projectId", "municipalityId") REFERENCES "Project"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Activity" ADD CONSTRAINT "Activity_projectId_municipalityId_fkey" FOREIGN KEY ("projectId", "municipalityId") REFERENCES "Project"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Course" ADD CONSTRAINT "Course_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Training" ADD CONSTRAINT "Training_courseId_municipalityId_fkey" FOREIGN KEY ("courseId", "municipalityId") REFERENCES "Course"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Training" ADD CONSTRAINT "Training_projectId_municipalityId_fkey" FOREIGN KEY ("projectId", "municipalityId") REFERENCES "Project"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Training" ADD CONSTRAINT "Training_activityId_projectId_fkey" FOREIGN KEY ("activityId", "projectId") REFERENCES "Activity"("id", "projectId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Training" ADD CONSTRAINT "Training_trainerAccountId_municipalityId_fkey" FOREIGN KEY ("trainerAccountId", "municipalityId") REFERENCES "Membership"("accountId", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_leaderAccountId_municipalityId_fkey" FOREIGN KEY ("leaderAccountId", "municipalityId") REFERENCES "Membership"("accountId", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "TrainingSession" ADD CONSTRAINT "TrainingSession_sessionId_municipalityId_fkey" FOREIGN KEY ("sessionId", "municipalityId") REFERENCES "Session"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "TrainingSession" ADD CONSTRAINT "TrainingSession_trainingId_municipalityId_fkey" FOREIGN KEY ("trainingId", "municipalityId") REFERENCES "Training"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SessionBreak" ADD CONSTRAINT "SessionBreak_sessionId_municipalityId_fkey" FOREIGN KEY ("sessionId", "municipalityId") REFERENCES "Session"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_trainingId_municipalityId_fkey" FOREIGN KEY ("trainingId", "municipalityId") REFERENCES "Training"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Enrolment" ADD CONSTRAINT "Enrolment_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "EnrolmentStep" ADD CONSTRAINT "EnrolmentStep_enrolmentId_municipalityId_fkey" FOREIGN KEY ("enrolmentId", "municipalityId") REFERENCES "Enrolment"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "AttendanceClaim" ADD CONSTRAINT "AttendanceClaim_sessionId_municipalityId_fkey" FOREIGN KEY ("sessionId", "municipalityId") REFERENCES "Session"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "AttendanceClaim" ADD CONSTRAINT "AttendanceClaim_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_sessionId_municipalityId_fkey" FOREIGN KEY ("sessionId", "municipalityId") REFERENCES "Session"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_claimId_sessionId_personId_fkey" FOREIGN KEY ("claimId", "sessionId", "personId") REFERENCES "AttendanceClaim"("id", "sessionId", "personId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_trainingId_municipalityId_fkey" FOREIGN KEY ("trainingId", "municipalityId") REFERENCES "Training"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_personId_municipalityId_fkey" FOREIGN KEY ("personId", "municipalityId") REFERENCES "Person"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "CertificateFacts" ADD CONSTRAINT "CertificateFacts_certificateId_municipalityId_fkey" FOREIGN KEY ("certificateId", "municipalityId") REFERENCES "Certificate"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "CertificateFile" ADD CONSTRAINT "CertificateFile_certificateId_municipalityId_fkey" FOREIGN KEY ("certificateId", "municipalityId") REFERENCES "Certificate"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "CertificateFile" ADD CONSTRAINT "CertificateFile_municipalityId_sha256_fkey" FOREIGN KEY ("municipalityId", "sha256") REFERENCES "Blob"("municipalityId", "sha256") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "CertificateRevocation" ADD CONSTRAINT "CertificateRevocation_certificateId_municipalityId_fkey" FOREIGN KEY ("certificateId", "municipalityId") REFERENCES "Certificate"("id", "municipalityId") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RegisterCounter" ADD CONSTRAINT "RegisterCounter_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Blob" ADD CONSTRAINT "Blob_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditPayload" ADD CONSTRAINT "AuditPayload_chainId_seq_fkey" FOREIGN KEY ("chainId", "seq") REFERENCES "AuditEvent"("chainId", "seq") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SubmissionKey" ADD CONSTRAINT "SubmissionKey_municipalityId_fkey" FOREIGN KEY ("municipalityId") REFERENCES "Municipality"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SubmissionKey" ADD CONSTRAINT "SubmissionKey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ═════════════════════════════════════════════════════════════════════════════
-- Written by hand from here on. The role kapacitet_app exists before the first migration (ensureRoles).
-- ═════════════════════════════════════════════════════════════════════════════

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- ── what the columns may hold ────────────────────────────────────────────────

ALTER TABLE "Municipality" ADD CONSTRAINT municipality_name_length CHECK (char_length("name") BETWEEN 1 AND 100),
  ADD CONSTRAINT municipality_academic_hour CHECK ("academicHourMinutes" BETWEEN 30 AND 60);
ALTER TABLE "Account" ADD CONSTRAINT account_login_form CHECK ("login" = lower("login") AND char_length("login") BETWEEN 3 AND 254 AND "login" !~ '\s'),
  ADD CONSTRAINT account_name_length CHECK (char_length("displayName") BETWEEN 1 AND 200),
  ADD CONSTRAINT account_language CHECK ("language" IN ('bg', 'en'));
ALTER TABLE "Membership" ADD CONSTRAINT membership_name_length CHECK (char_length("displayName") BETWEEN 1 AND 200);
ALTER TABLE "RoleGrant" ADD CONSTRAINT role_grant_manager_has_service CHECK (("role" = 'manager') = ("serviceId" IS NOT NULL)),
  ADD CONSTRAINT role_grant_ends_after CHECK ("endedAt" IS NULL OR "endedAt" >= "grantedAt");
ALTER TABLE "Employer" ADD CONSTRAINT employer_name_length CHECK (char_length("name") BETWEEN 1 AND 200);
ALTER TABLE "SocialService" ADD CONSTRAINT social_service_name_length CHECK (char_length("name") BETWEEN 1 AND 200);
ALTER TABLE "ServiceAnnex" ADD CONSTRAINT service_annex_number CHECK ("annex" BETWEEN 1 AND 25);
ALTER TABLE "Person" ADD CONSTRAINT person_name_length CHECK (
    char_length("givenName") BETWEEN 1 AND 100 AND char_length("middleName") BETWEEN 1 AND 100 AND char_length("familyName") BETWEEN 1 AND 100 AND char_length("latinName") BETWEEN 1 AND 300),
  -- ten digits could be a personal number, which is never stored
  ADD CONSTRAINT person_number_is_no_personal_number CHECK ("employeeNumber" !~ '^\s*[0-9]{10}\s*$' AND char_length("employeeNumber") BETWEEN 1 AND 40);
ALTER TABLE "Assignment" ADD CONSTRAINT assignment_ends_after CHECK ("endsOn" >= "startsOn"),
  ADD CONSTRAINT assignment_position_length CHECK (char_length("position") BETWEEN 1 AND 200);
ALTER TABLE "Project" ADD CONSTRAINT project_amount_has_kind CHECK (("amountBgn" IS NULL) = ("amountKind" IS NULL)),
  ADD CONSTRAINT project_amount_positive CHECK ("amountBgn" > 0),
  ADD CONSTRAINT project_ends_after CHECK ("endsOn" >= "startsOn"),
  ADD CONSTRAINT project_term_positive CHECK ("termMonths" BETWEEN 1 AND 240),
  ADD CONSTRAINT project_text_length CHECK (char_length("title") BETWEEN 1 AND 500 AND char_length("numberAsWritten") BETWEEN 1 AND 100);
ALTER TABLE "Activity" ADD CONSTRAINT activity_form CHECK ("ordinal" >= 1 AND char_length("title") BETWEEN 1 AND 500);
ALTER TABLE "Course" ADD CONSTRAINT course_title_length CHECK (char_length("title") BETWEEN 1 AND 300 AND char_length("titleEn") BETWEEN 1 AND 300),
  ADD CONSTRAINT course_duration CHECK ("durationMinutes" BETWEEN 1 AND 60000),
  ADD CONSTRAINT course_required_share CHECK ("requiredSharePercent" BETWEEN 1 AND 100),
  ADD CONSTRAINT course_text_length CHECK (char_length("topics") <= 5000 AND char_length("materials") <= 20000 AND char_length("legalBasis") BETWEEN 1 AND 500);
ALTER TABLE "Training" ADD CONSTRAINT training_capacity_holds CHECK ("seatsTaken" BETWEEN 0 AND "capacity"),
  ADD CONSTRAINT training_capacity_range CHECK ("capacity" BETWEEN 1 AND 2000),
  ADD CONSTRAINT training_activity_has_project CHECK ("activityId" IS NULL OR "projectId" IS NOT NULL),
  ADD CONSTRAINT training_place_length CHECK (char_length("place") BETWEEN 1 AND 300 AND char_length("onlineUrl") BETWEEN 1 AND 500 AND char_length("note") <= 2000);
ALTER TABLE "Session" ADD CONSTRAINT session_ends_after CHECK ("endsAt" > "startsAt"),
  ADD CONSTRAINT session_within_a_day CHECK ("endsAt" - "startsAt" <= interval '24 hours'),
  ADD CONSTRAINT session_leader_is_free EXCLUDE USING gist ("leaderAccountId" WITH =, tstzrange("startsAt", "endsAt") WITH &&) WHERE ("cancelledAt" IS NULL);
ALTER TABLE "SessionBreak" ADD CONSTRAINT session_break_ends_after CHECK ("endsAt" > "startsAt"),
  ADD CONSTRAINT session_breaks_apart EXCLUDE USING gist ("sessionId" WITH =, tstzrange("startsAt", "endsAt") WITH &&);
ALTER TABLE "AttendanceClaim" ADD CONSTRAINT attendance_claim_minutes CHECK ("lateMinutes" BETWEEN 0 AND 1440 AND "leftEarlyMinutes" BETWEEN 0 AND 1440),
  ADD CONSTRAINT attendance_claim_mark CHECK ("kind" IN ('check_in', 'check_out') OR "mark" IS NOT NULL),
  ADD CONSTRAINT attendance_claim_correction_has_reason CHECK ("kind" <> 'correction' OR char_length(btrim(coalesce("reason", ''))) > 0);
ALTER TABLE "Attendance" ADD CONSTRAINT attendance_minutes CHECK ("attendedMinutes" >= 0 AND ("mark" = 'present' OR "attendedMinutes" = 0));
ALTER TABLE "Certificate" ADD CONSTRAINT certificate_year_of_issue CHECK (extract(year FROM "issuedOn") = "registerYear"),
  ADD CONSTRAINT certificate_number_positive CHECK ("registerNumber" >= 1 AND "ordinal" >= 1),
  ADD CONSTRAINT certificate_code_length CHECK (char_length("verifyCode") >= 16);
ALTER TABLE "CertificateRevocation" ADD CONSTRAINT certificate_revocation_reason CHECK (char_length(btrim("reason")) BETWEEN 1 AND 1000);
ALTER TABLE "Blob" ADD CONSTRAINT blob_is_its_hash CHECK ("sha256" = encode(sha256("bytes"), 'hex') AND "sizeBytes" = octet_length("bytes"));
ALTER TABLE "AuditEvent" ADD CONSTRAINT audit_event_of_its_chain CHECK ("chainId" = coalesce("municipalityId", '00000000-0000-0000-0000-000000000000'));
ALTER TABLE "AuditPayload" ADD CONSTRAINT audit_payload_of_its_chain CHECK ("chainId" = coalesce("municipalityId", '00000000-0000-0000-0000-000000000000'));
ALTER TABLE "AuditErasure" ADD CONSTRAINT audit_erasure_of_its_chain CHECK ("chainId" = coalesce("municipalityId", '00000000-0000-0000-0000-000000000000'));

CREATE UNIQUE INDEX role_grant_held_once ON "RoleGrant" ("membershipId", "role", "serviceId") NULLS NOT DISTINCT WHERE "endedAt" IS NULL;
CREATE UNIQUE INDEX membership_person_in_one_municipality ON "Membership" ("accountId") WHERE "personId" IS NOT NULL;

-- ── names: Bulgarian order, and a key that finds them however they were typed ─

ALTER TABLE "Person" ALTER COLUMN "sortName" TYPE text COLLATE "bg-x-icu";

-- NFC, small letters; Latin letters become the Cyrillic ones they resemble, large or small (b too, since B resembles В: what matters
-- is that a key and a query fold alike); ѝ is и with an accent, other accents and invisible signs fall away; hyphens and spaces are one space.
CREATE FUNCTION fold_for_search(input text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    translate(regexp_replace(lower(normalize(input, NFC) COLLATE "und-x-icu"), '[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]', '', 'g'), 'abcehkmoptxyѝ’ʼ‘', 'авсенкмортхуи'''''''),
    '[\s\u00a0\u2010-\u2015\u2212-]+', ' ', 'g'))
$$;

CREATE FUNCTION person_keep_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."sortName" := btrim(concat_ws(' ', coalesce(NEW."familyName", NEW."givenName"), CASE WHEN NEW."familyName" IS NOT NULL THEN NEW."givenName" END, NEW."middleName"));
  NEW."searchKey" := fold_for_search(concat_ws(' ', NEW."givenName", NEW."middleName", NEW."familyName", NEW."latinName", NEW."employeeNumber"));
  RETURN NEW;
END $$;
CREATE TRIGGER person_keep_keys BEFORE INSERT OR UPDATE ON "Person" FOR EACH ROW EXECUTE FUNCTION person_keep_keys();

-- ── sessions ─────────────────────────────────────────────────────────────────

-- Two bookings of one leader at once would wait for each other in the exclusion constraint until one is ended as a deadlock: they queue instead.
CREATE FUNCTION session_waits_for_leader() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('session leader ' || NEW."leaderAccountId", 0));
  RETURN NEW;
END $$;
CREATE TRIGGER session_waits_for_leader BEFORE INSERT OR UPDATE OF "leaderAccountId", "startsAt", "endsAt", "cancelledAt" ON "Session" FOR EACH ROW EXECUTE FUNCTION session_waits_for_leader();

-- Locks the session, so that a break put down and a session cut short at once see each other.
CREATE FUNCTION session_breaks_lie_within() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  changed uuid;
BEGIN
  IF TG_TABLE_NAME = 'SessionBreak' THEN changed := NEW."sessionId"; ELSE changed := NEW."id"; END IF;
  PERFORM FROM "Session" WHERE "id" = changed FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM "SessionBreak" b JOIN "Session" s ON s."id" = b."sessionId" WHERE s."id" = changed AND (b."startsAt" < s."startsAt" OR b."endsAt" > s."endsAt")) THEN
    RAISE EXCEPTION 'a break lies outside its session' USING ERRCODE = 'check_violation', CONSTRAINT = 'session_break_within';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER session_break_within AFTER INSERT OR UPDATE ON "SessionBreak" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION session_breaks_lie_within();
CREATE CONSTRAINT TRIGGER session_keeps_breaks_within AFTER UPDATE OF "startsAt", "endsAt" ON "Session" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION session_breaks_lie_within();

-- Locks the training, so that two sessions put down at once see each other; then keeps the training's own first start and last end.
CREATE FUNCTION training_follow_sessions() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER training_follow_sessions AFTER INSERT ON "TrainingSession" FOR EACH ROW EXECUTE FUNCTION training_follow_sessions();
CREATE TRIGGER training_follow_session_times AFTER UPDATE OF "startsAt", "endsAt", "cancelledAt" ON "Session" FOR EACH ROW EXECUTE FUNCTION training_follow_sessions();

-- ── enrolment: the step is the truth, the state and the taken seats follow ───

CREATE FUNCTION enrolment_follow_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER enrolment_follow_step AFTER INSERT ON "EnrolmentStep" FOR EACH ROW EXECUTE FUNCTION enrolment_follow_step();

-- ── certificates: a register without gaps, facts that match their hash ───────

-- The first of `count` numbers in a row. The row lock makes issuing a queue within one municipality and year.
CREATE FUNCTION take_register_numbers(municipality uuid, register_year integer, how_many integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last integer;
BEGIN
  IF (municipality = ANY (app_municipality_ids())) IS NOT TRUE THEN
    RAISE EXCEPTION 'the register of another municipality' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF (how_many >= 1) IS NOT TRUE THEN
    RAISE EXCEPTION 'at least one number' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  INSERT INTO "RegisterCounter" AS c ("municipalityId", "year", "lastNumber") VALUES (municipality, register_year, how_many)
  ON CONFLICT ("municipalityId", "year") DO UPDATE SET "lastNumber" = c."lastNumber" + how_many
  RETURNING "lastNumber" INTO last;
  RETURN last - how_many + 1;
END $$;

-- Checked at commit: every number taken is on a certificate, or nothing of the transaction stays.
CREATE FUNCTION register_has_no_gap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before integer := CASE WHEN TG_OP = 'UPDATE' THEN OLD."lastNumber" ELSE 0 END;
BEGIN
  IF NEW."lastNumber" - before <> (
    SELECT count(*) FROM "Certificate" c
    WHERE c."municipalityId" = NEW."municipalityId" AND c."registerYear" = NEW."year" AND c."registerNumber" > before AND c."registerNumber" <= NEW."lastNumber"
  ) THEN
    RAISE EXCEPTION 'a register number without a certificate' USING ERRCODE = 'check_violation', CONSTRAINT = 'register_has_no_gap';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER register_has_no_gap AFTER INSERT OR UPDATE ON "RegisterCounter" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION register_has_no_gap();

CREATE FUNCTION certificate_is_in_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "RegisterCounter" r WHERE r."municipalityId" = NEW."municipalityId" AND r."year" = NEW."registerYear" AND r."lastNumber" >= NEW."registerNumber") THEN
    RAISE EXCEPTION 'the number was not taken from the register' USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_number_from_register';
  END IF;
  IF NEW."ordinal" > 1 AND NOT EXISTS (
    SELECT FROM "Certificate" c JOIN "CertificateRevocation" r ON r."certificateId" = c."id"
    WHERE c."trainingId" = NEW."trainingId" AND c."personId" = NEW."personId" AND c."ordinal" = NEW."ordinal" - 1
  ) THEN
    RAISE EXCEPTION 'the certificate before was not revoked' USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_one_valid';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certificate_is_in_turn BEFORE INSERT ON "Certificate" FOR EACH ROW EXECUTE FUNCTION certificate_is_in_turn();

CREATE FUNCTION certificate_facts_match() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "Certificate" c WHERE c."id" = NEW."certificateId" AND c."factsHash" = encode(sha256(convert_to(NEW."salt" || NEW."facts", 'UTF8')), 'hex')) THEN
    RAISE EXCEPTION 'the facts are not those of the certificate' USING ERRCODE = 'check_violation', CONSTRAINT = 'certificate_facts_match';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER certificate_facts_match BEFORE INSERT ON "CertificateFacts" FOR EACH ROW EXECUTE FUNCTION certificate_facts_match();

-- ── tenancy: the municipalities of a transaction ─────────────────────────────

CREATE FUNCTION app_municipality_ids() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(current_setting('app.municipalities', true), ''), '{}')::uuid[]
$$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'Membership', 'RoleGrant', 'Employer', 'SocialService', 'ServiceAnnex', 'Person', 'Assignment', 'Project', 'ProjectWarning', 'Activity', 'Course',
    'Training', 'Session', 'TrainingSession', 'SessionBreak', 'Enrolment', 'EnrolmentStep', 'AttendanceClaim', 'Attendance', 'Certificate', 'CertificateFacts',
    'CertificateFile', 'CertificateRevocation', 'RegisterCounter', 'Blob', 'SubmissionKey'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    -- the sub-select is computed once a query, not once a row
    EXECUTE format('CREATE POLICY of_the_municipality ON %I TO kapacitet_app USING ("municipalityId" = ANY ((SELECT app_municipality_ids())::uuid[]))', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['AuditEvent', 'AuditPayload', 'AuditErasure'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY of_the_chain ON %I TO kapacitet_app USING ("municipalityId" = ANY ((SELECT app_municipality_ids())::uuid[]) OR ("municipalityId" IS NULL AND (SELECT current_setting(''app.installation'', true)) = ''on''))', t);
  END LOOP;
END $$;

ALTER TABLE "Municipality" ENABLE ROW LEVEL SECURITY;
CREATE POLICY names_are_public ON "Municipality" FOR SELECT TO kapacitet_app USING (true);
CREATE POLICY changed_by_its_own ON "Municipality" FOR UPDATE TO kapacitet_app USING ("id" = ANY ((SELECT app_municipality_ids())::uuid[]));
CREATE POLICY created_by_the_installation ON "Municipality" FOR INSERT TO kapacitet_app WITH CHECK ((SELECT current_setting('app.installation', true)) = 'on');

-- nobody is raised to the installation's administrator on the way of a municipality's command
ALTER TABLE "InstallationGrant" ENABLE ROW LEVEL SECURITY;
CREATE POLICY grants_are_seen ON "InstallationGrant" FOR SELECT TO kapacitet_app USING (true);
CREATE POLICY granted_by_the_installation ON "InstallationGrant" FOR INSERT TO kapacitet_app WITH CHECK ((SELECT current_setting('app.installation', true)) = 'on');

-- ── the audit chain ──────────────────────────────────────────────────────────

-- Raises unless the transaction works in the municipality (null: for the installation).
CREATE FUNCTION require_chain(municipality uuid) RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF (CASE WHEN municipality IS NULL THEN current_setting('app.installation', true) = 'on' ELSE municipality = ANY (app_municipality_ids()) END) IS NOT TRUE THEN
    RAISE EXCEPTION 'the audit chain of another municipality' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

-- Appends one event to the chain of `municipality` (null: the installation's) and returns its number in it. Called last in a
-- transaction: the head's row lock is a queue. The chain hashes ids and a salted hash of the payload, so that the payload's
-- names and values can be erased later and the chain still closes.
CREATE FUNCTION append_audit_event(municipality uuid, actor_kind "ActorKind", actor_id uuid, action text, subject_type text, subject_id text, payload text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  chain uuid := coalesce(municipality, '00000000-0000-0000-0000-000000000000');
  head "AuditHead";
  moment timestamptz(3);
  salt text := encode(sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')), 'hex');
  payload_hash text := encode(sha256(convert_to(salt || payload, 'UTF8')), 'hex');
  hashed text;
  linked text;
BEGIN
  PERFORM require_chain(municipality);
  SELECT * INTO head FROM "AuditHead" h WHERE h."chainId" = chain FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO "AuditHead" ("chainId", "seq", "hash") VALUES (chain, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM "AuditHead" h WHERE h."chainId" = chain FOR UPDATE;
  END IF;
  moment := clock_timestamp();
  hashed := jsonb_build_object('chain', chain, 'seq', head."seq" + 1, 'at', extract(epoch FROM moment), 'actorKind', actor_kind, 'actorId', actor_id, 'action', action,
    'subjectType', subject_type, 'subjectId', subject_id, 'payloadHash', payload_hash)::text;
  linked := encode(sha256(convert_to(head."hash" || hashed, 'UTF8')), 'hex');
  INSERT INTO "AuditEvent" ("chainId", "seq", "municipalityId", "at", "actorKind", "actorId", "action", "subjectType", "subjectId", "payloadHash", "hashedText", "previousHash", "hash")
  VALUES (chain, head."seq" + 1, municipality, moment, actor_kind, actor_id, action, subject_type, subject_id, payload_hash, hashed, head."hash", linked);
  INSERT INTO "AuditPayload" ("chainId", "seq", "municipalityId", "salt", "payload") VALUES (chain, head."seq" + 1, municipality, salt, payload);
  UPDATE "AuditHead" SET "seq" = head."seq" + 1, "hash" = linked WHERE "chainId" = chain;
  RETURN head."seq" + 1;
END $$;

-- The text as JSON, or null where it is none.
CREATE FUNCTION json_or_null(input text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN input::jsonb;
EXCEPTION WHEN data_exception THEN
  RETURN NULL;
END $$;

-- The links of a chain that do not hold: a number missing, a link not joined, a text or column altered, a payload that is not
-- the hashed one, is gone without a tombstone or has no event, a head that is not the last link. No row: the chain closes.
CREATE FUNCTION audit_chain_faults(municipality uuid) RETURNS TABLE (seq bigint, fault text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  wanted uuid := coalesce(municipality, '00000000-0000-0000-0000-000000000000');
BEGIN
  PERFORM require_chain(municipality);
  RETURN QUERY
  WITH chain AS (
    SELECT e.*, lag(e."hash", 1, repeat('0', 64)) OVER w AS before, lag(e."seq", 1, 0::bigint) OVER w AS seq_before,
      jsonb_build_object('chain', e."chainId", 'seq', e."seq", 'at', extract(epoch FROM e."at"), 'actorKind', e."actorKind", 'actorId', e."actorId", 'action', e."action",
        'subjectType', e."subjectType", 'subjectId', e."subjectId", 'payloadHash', e."payloadHash") AS columns
    FROM "AuditEvent" e WHERE e."chainId" = wanted WINDOW w AS (ORDER BY e."seq")
  ), last_link AS (SELECT l."seq", l."hash" FROM "AuditEvent" l WHERE l."chainId" = wanted ORDER BY l."seq" DESC LIMIT 1)
  SELECT c."seq", 'number' FROM chain c WHERE c."seq" <> c.seq_before + 1
  UNION ALL SELECT c."seq", 'link' FROM chain c WHERE c."previousHash" <> c.before OR c."hash" <> encode(sha256(convert_to(c."previousHash" || c."hashedText", 'UTF8')), 'hex')
  -- another version of PostgreSQL may write the same JSON with other spaces
  UNION ALL SELECT c."seq", 'text' FROM chain c
    WHERE c."municipalityId" IS DISTINCT FROM municipality OR CASE WHEN c."hashedText" = c.columns::text THEN false ELSE json_or_null(c."hashedText") IS DISTINCT FROM c.columns END
  UNION ALL SELECT c."seq", 'payload' FROM chain c LEFT JOIN "AuditPayload" p USING ("chainId", "seq") LEFT JOIN "AuditErasure" x USING ("chainId", "seq")
    WHERE CASE WHEN p."payload" IS NULL THEN x."chainId" IS NULL
      ELSE p."municipalityId" IS DISTINCT FROM municipality OR c."payloadHash" <> encode(sha256(convert_to(p."salt" || p."payload", 'UTF8')), 'hex') END
  UNION ALL SELECT o."seq", 'payload' FROM (SELECT "chainId", "seq" FROM "AuditPayload" UNION SELECT "chainId", "seq" FROM "AuditErasure") o
    WHERE o."chainId" = wanted AND NOT EXISTS (SELECT FROM "AuditEvent" e WHERE e."chainId" = wanted AND e."seq" = o."seq")
  UNION ALL SELECT coalesce(h."seq", l."seq"), 'head' FROM (SELECT * FROM "AuditHead" WHERE "chainId" = wanted) h FULL JOIN last_link l ON true
    WHERE (h."seq", h."hash") IS DISTINCT FROM (l."seq", l."hash")
  ORDER BY 1, 2;
END $$;

-- Erases the payloads of events older than `before` and leaves a tombstone for each; returns how many. For the owner's role only.
CREATE FUNCTION erase_audit_payloads(municipality uuid, before timestamptz, why text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  erased integer;
BEGIN
  PERFORM set_config('app.erasing', 'on', true);
  WITH gone AS (
    DELETE FROM "AuditPayload" p USING "AuditEvent" e
    WHERE e."chainId" = p."chainId" AND e."seq" = p."seq" AND p."chainId" = municipality AND e."at" < before RETURNING p."chainId", p."seq", p."municipalityId"
  )
  INSERT INTO "AuditErasure" ("chainId", "seq", "municipalityId", "reason") SELECT "chainId", "seq", "municipalityId", why FROM gone;
  GET DIAGNOSTICS erased = ROW_COUNT;
  PERFORM set_config('app.erasing', 'off', true);
  RETURN erased;
END $$;

-- ── named look-ups that need no municipality ─────────────────────────────────

-- Who is signed in, where he works and with which roles: one row of JSON, or null.
CREATE FUNCTION resolve_login_session(session_id text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'accountId', a."id", 'login', a."login", 'displayName', a."displayName", 'language', a."language", 'expiresAt', extract(epoch FROM s."expiresAt") * 1000,
    'isInstallationAdmin', EXISTS (SELECT FROM "InstallationGrant" i WHERE i."accountId" = a."id"),
    'municipalityId', s."municipalityId",
    'memberships', coalesce((
      SELECT jsonb_agg(jsonb_build_object('membershipId', m."id", 'municipalityId', m."municipalityId", 'municipality', u."name", 'timeZone', u."timeZone",
          'academicHourMinutes', u."academicHourMinutes", 'isDemo', u."isDemo", 'name', m."displayName", 'personId', m."personId", 'roles', g.roles, 'serviceIds', g.services) ORDER BY u."name", u."id")
      FROM "Membership" m
      JOIN "Municipality" u ON u."id" = m."municipalityId"
      JOIN LATERAL (
        SELECT jsonb_agg(DISTINCT r."role") AS roles, coalesce(jsonb_agg(r."serviceId") FILTER (WHERE r."serviceId" IS NOT NULL), '[]') AS services
        FROM "RoleGrant" r WHERE r."membershipId" = m."id" AND r."endedAt" IS NULL
      ) g ON g.roles IS NOT NULL
      WHERE m."accountId" = a."id"
    ), '[]')
  )
  FROM "LoginSession" s JOIN "Account" a ON a."id" = s."accountId" WHERE s."id" = session_id
$$;

-- What a stranger who holds the code may know of a certificate; `facts` is null once retention has erased them.
CREATE FUNCTION verify_certificate(code text) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_object(
    'municipality', u."name", 'timeZone', u."timeZone", 'registerYear', c."registerYear", 'registerNumber', c."registerNumber", 'issuedOn', c."issuedOn", 'factsHash', c."factsHash",
    'facts', f."facts", 'factsHold', c."factsHash" = encode(sha256(convert_to(f."salt" || f."facts", 'UTF8')), 'hex'),
    'fileSha256', p."sha256", 'fileSize', b."sizeBytes", 'revokedAt', extract(epoch FROM r."revokedAt") * 1000, 'revocationReason', r."reason")
  FROM "Certificate" c
  JOIN "Municipality" u ON u."id" = c."municipalityId"
  LEFT JOIN "CertificateFacts" f ON f."certificateId" = c."id"
  LEFT JOIN "CertificateFile" p ON p."certificateId" = c."id"
  LEFT JOIN "Blob" b ON b."municipalityId" = p."municipalityId" AND b."sha256" = p."sha256"
  LEFT JOIN "CertificateRevocation" r ON r."certificateId" = c."id"
  WHERE c."verifyCode" = code
$$;

-- Which of an account's own municipalities holds a training, person, project or certificate: an address that belongs to another one offers the switch.
CREATE FUNCTION municipality_of(account uuid, subject uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT found."municipalityId" FROM (
    SELECT "municipalityId" FROM "Training" WHERE "id" = subject
    UNION ALL SELECT "municipalityId" FROM "Session" WHERE "id" = subject
    UNION ALL SELECT "municipalityId" FROM "Person" WHERE "id" = subject
    UNION ALL SELECT "municipalityId" FROM "Project" WHERE "id" = subject
    UNION ALL SELECT "municipalityId" FROM "Course" WHERE "id" = subject
    UNION ALL SELECT "municipalityId" FROM "Certificate" WHERE "id" = subject
  ) found
  JOIN "Membership" m ON m."municipalityId" = found."municipalityId" AND m."accountId" = account
  WHERE EXISTS (SELECT FROM "RoleGrant" r WHERE r."membershipId" = m."id" AND r."endedAt" IS NULL)
  LIMIT 1
$$;

-- The municipalities in which certificates still wait for their file: where a worker begins after a crash.
CREATE FUNCTION municipalities_with_missing_files() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT c."municipalityId" FROM "Certificate" c LEFT JOIN "CertificateFile" f ON f."certificateId" = c."id" WHERE f."certificateId" IS NULL
$$;

-- Whether an account works in another municipality too, so that one administrator cannot take over what is not his alone.
CREATE FUNCTION account_works_elsewhere(account uuid, municipality uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM "Membership" m WHERE m."accountId" = account AND m."municipalityId" <> municipality)
      OR EXISTS (SELECT FROM "InstallationGrant" i WHERE i."accountId" = account)
$$;

-- The municipalities nobody can administer: no administrator who has a password. For the installation's administrator, who opens none of them.
CREATE FUNCTION municipalities_without_admin() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT u."id" FROM "Municipality" u
  WHERE coalesce(current_setting('app.installation', true), '') = 'on' AND NOT EXISTS (
    SELECT FROM "RoleGrant" r JOIN "Membership" m ON m."id" = r."membershipId" JOIN "Account" a ON a."id" = m."accountId"
    WHERE r."municipalityId" = u."id" AND r."role" = 'admin' AND r."endedAt" IS NULL AND a."passwordHash" IS NOT NULL)
$$;

-- ── rights: what is not named here is not allowed ────────────────────────────

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'AuditPayload' AND TG_OP = 'DELETE' AND coalesce(current_setting('app.erasing', true), '') = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['EnrolmentStep', 'AttendanceClaim', 'Certificate', 'CertificateFacts', 'CertificateFile', 'CertificateRevocation', 'Blob', 'AuditEvent', 'AuditPayload', 'AuditErasure'] LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO kapacitet_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO kapacitet_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO kapacitet_app;
REVOKE ALL ON "AuditHead" FROM kapacitet_app;

GRANT INSERT, UPDATE ON "Municipality", "Account", "Membership", "RoleGrant", "Employer", "SocialService", "Person", "Assignment", "Project", "Activity", "Course", "Session", "Attendance" TO kapacitet_app;
GRANT INSERT, UPDATE, DELETE ON "LoginSession", "PasswordLink", "PendingSubmission", "rate_limit", "ServiceAnnex", "ProjectWarning", "SessionBreak" TO kapacitet_app;
GRANT INSERT ON "InstallationGrant", "TrainingSession", "SubmissionKey", "EnrolmentStep", "AttendanceClaim", "Certificate", "CertificateFacts", "CertificateFile", "CertificateRevocation", "Blob" TO kapacitet_app;
-- the state of an enrolment and the taken seats of a training move by steps only
GRANT INSERT ("id", "municipalityId", "trainingId", "personId") ON "Enrolment" TO kapacitet_app;
GRANT INSERT ("id", "municipalityId", "courseId", "projectId", "activityId", "trainerAccountId", "place", "onlineUrl", "capacity", "note", "isInvented", "cancelledAt", "createdAt"),
  UPDATE ("courseId", "projectId", "activityId", "trainerAccountId", "place", "onlineUrl", "capacity", "note", "cancelledAt") ON "Training" TO kapacitet_app;

GRANT EXECUTE ON FUNCTION fold_for_search(text), app_municipality_ids(), take_register_numbers(uuid, integer, integer), append_audit_event(uuid, "ActorKind", uuid, text, text, text, text),
  audit_chain_faults(uuid), resolve_login_session(text), verify_certificate(text), municipality_of(uuid, uuid), municipalities_with_missing_files(), account_works_elsewhere(uuid, uuid), municipalities_without_admin() TO kapacitet_app;
