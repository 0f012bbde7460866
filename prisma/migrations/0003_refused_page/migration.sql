-- AlterTable
ALTER TABLE "SheetReading" ADD COLUMN     "refusedPage" INTEGER;

ALTER TABLE "SheetReading" ADD CONSTRAINT sheet_reading_page CHECK ("refusedPage" IS NULL OR ("refusedFor" IS NOT NULL AND "refusedPage" BETWEEN 1 AND 500));
