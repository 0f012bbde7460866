import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { issueCertificates } from '~/domain/certificate/issue-certificates.server'
import { makeCertificateFiles } from '~/domain/certificate/make-certificate-files.server'
import { disconnect, inMunicipality } from '~/platform/db.server'
import { aTraining } from '../factories'
import { present } from '../certificate-cases'

afterAll(disconnect)

test('issues', async () => {
  const t = await aTraining({ people: 3 })
  await present(t)
  const issued = await issueCertificates(t.coordinator.actor, t.training.id, null, null)
  expect(issued.count).toBe(3)
  const made = await makeCertificateFiles({ municipalityId: t.municipalityId, registerYear: 2026, first: 1, last: 3 })
  expect(made).toBe(3)
})
