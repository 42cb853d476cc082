import { admitadSubjects } from './admitad.ts'
import { devtekSubject } from './devtek.ts'
import { fiveCrmSubjects } from './fivecrm.ts'
import { lotinfoSubject } from './lotinfo.ts'
import { describeProvider } from './provider.ts'

await describeProvider(devtekSubject)
for (const subject of admitadSubjects) await describeProvider(subject)
await describeProvider(lotinfoSubject)
for (const subject of fiveCrmSubjects) await describeProvider(subject)
