import type { KubeClient } from '@orbweaver/kube/client'

const group = 'flowcontrol.apiserver.k8s.io'
const path = `/apis/${group}/v1`
const name = 'conformance-overload'

const level = {
  type: 'Limited',
  limited: {
    nominalConcurrencyShares: 0,
    lendablePercent: 0,
    borrowingLimitPercent: 0,
    limitResponse: { type: 'Reject' },
  },
}

const schema = {
  priorityLevelConfiguration: { name },
  matchingPrecedence: 10,
  distinguisherMethod: { type: 'ByUser' },
  rules: [
    {
      subjects: [{ kind: 'User', user: { name: 'nora' } }],
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'], namespaces: ['*'] }],
    },
  ],
}

const objects = [
  { plural: 'prioritylevelconfigurations', kind: 'PriorityLevelConfiguration', spec: level },
  { plural: 'flowschemas', kind: 'FlowSchema', spec: schema },
]

/** Priority and fairness: one request of nora's at a time, and none waits. Answers what undoes it, and closes the client. */
export async function overloaded(api: KubeClient): Promise<() => Promise<void>> {
  for (const { plural, kind, spec } of objects) {
    await api.raw(`${path}/${plural}`, {
      method: 'POST',
      body: { apiVersion: `${group}/v1`, kind, metadata: { name }, spec },
    })
  }
  return async () => {
    for (const { plural } of [...objects].reverse()) await api.raw(`${path}/${plural}/${name}`, { method: 'DELETE' })
    await api.close()
  }
}
