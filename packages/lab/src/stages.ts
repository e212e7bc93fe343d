import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { isRecord, type JsonRecord, listAt, recordAt, textAt } from '@orbweaver/contracts/json'

/** True for the Pods whose process the lab runs itself: what `isIstiodPod` says, in kwok's jq. */
const istiodPod =
  '.metadata.labels.app == "istiod" and ([.spec.containers[].name] | index("discovery") != null) | tostring'

const onlyIf = (answer: 'true' | 'false') => ({ key: istiodPod, operator: 'In', values: [answer] })

const withExpression = (stage: JsonRecord, expression: JsonRecord): JsonRecord => ({
  ...stage,
  spec: {
    ...recordAt(stage, 'spec'),
    selector: { matchExpressions: [...listAt(stage, 'spec', 'selector', 'matchExpressions'), expression] },
  },
})

/** An istiod Pod gets its address at once, and is running but not ready: readiness is the process's to say. */
const istiodStarting: JsonRecord = {
  apiVersion: 'kwok.x-k8s.io/v1alpha1',
  kind: 'Stage',
  metadata: { name: 'istiod-starting' },
  spec: {
    resourceRef: { apiGroup: 'v1', kind: 'Pod' },
    selector: {
      matchExpressions: [
        { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
        { key: '.status.podIP', operator: 'DoesNotExist' },
        onlyIf('true'),
      ],
    },
    next: {
      statusTemplate: `
{{ $now := Now }}
conditions:
- { type: Initialized, status: "True", lastTransitionTime: {{ $now | Quote }} }
- { type: Ready, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }} }
- { type: ContainersReady, status: "False", reason: ContainersNotReady, lastTransitionTime: {{ $now | Quote }} }
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
phase: Pending
startTime: {{ $now | Quote }}
`,
    },
  },
}

/** kwok's own stages, except that its pod-ready leaves istiod alone. */
export const stages = (own: readonly JsonRecord[]): string =>
  [
    ...own.map((stage) =>
      textAt(stage, 'metadata', 'name') === 'pod-ready' ? withExpression(stage, onlyIf('false')) : stage,
    ),
    istiodStarting,
  ]
    .map((stage) => stringify(stage))
    .join('---\n')

export const readStages = (dir: string): readonly JsonRecord[] =>
  readdirSync(dir)
    .map((file): unknown => parse(readFileSync(join(dir, file), 'utf8')))
    .filter(isRecord)
