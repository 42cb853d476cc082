import type { Lead } from '../../src/lead/lead.ts'
import { day } from './day.ts'

/** A lead of a person who does not exist. */
export const inventedLead: Lead = {
  id: '019a9999-0000-7000-8000-000000000001',
  key: 'AAAAAAAAAAAAAAAAAAAAAA',
  values: {
    amount: 50_000,
    termDays: 30,
    lastName: "О'Вымыслова",
    firstName: 'Ынна',
    middleName: 'Ёлковна',
    birthDate: day('05.09.1990'),
    phone: '+79000000042',
    email: 'ynna@example.ru',
    creditHistory: 2,
    passportSeries: '0310',
    passportNumber: '000050',
    passportIssuedDate: day('06.10.2015'),
    passportIssuedCode: '720-001',
    passportIssuedBy: 'Отделом 1 УФМС России по Тюменской области',
    region: 'Тюменская область',
    city: 'Тюмень',
    cityKladr: '7200000100000',
  },
  consents: [
    {
      id: 'processing',
      documentUrl: 'https://example.ru/consent/2026-09-01.html',
      version: '2026-09-01',
      acceptedAt: '2026-11-22T12:00:00+03:00',
    },
  ],
  attribution: { channel: 'vk', subId1: 'one', subId5: '5', utm_source: 'vk' },
  page: {
    url: 'https://landing.example.ru/loan',
    startedAt: '2026-11-22T08:58:00.000Z',
    submittedAt: '2026-11-22T09:00:00.000Z',
  },
  widget: '1.0.0',
}
