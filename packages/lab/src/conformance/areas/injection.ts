import type { Area } from '../check.ts'
import { podsOfRevisions } from './injection-again.ts'
import { containers } from './injection-containers.ts'
import { planes, rowCheck } from './injection-ground.ts'
import { metadata } from './injection-metadata.ts'
import { namespaceRows } from './injection-namespaces.ts'
import { partCheck } from './injection-pod.ts'
import { policyRows, systemNamespaces } from './injection-policies.ts'
import { refusedPods } from './injection-refusals.ts'
import { aloneChecks, tagChecks } from './injection-tags.ts'

export const injection: Area = {
  title: 'Injection',
  shares: planes,
  checks: [
    ...namespaceRows.map(rowCheck),
    ...tagChecks,
    ...aloneChecks,
    ...policyRows.map(rowCheck),
    ...systemNamespaces,
    ...[...containers, ...metadata].map(partCheck),
    ...podsOfRevisions,
    ...refusedPods,
  ],
}
