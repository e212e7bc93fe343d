import type { Area } from '../check.ts'
import { planes, rowCheck } from './injection-ground.ts'
import { namespaceRows } from './injection-namespaces.ts'
import { policyRows, systemNamespaces } from './injection-policies.ts'

export const injection: Area = {
  title: 'Injection',
  shares: planes,
  checks: [...namespaceRows.map(rowCheck), ...policyRows.map(rowCheck), ...systemNamespaces],
}
