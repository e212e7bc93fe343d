import { numberAt, recordAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

export type Happened = {
  /** `namespace` is empty where the object has none, or the recorder left it out. */
  about: { kind: string; namespace: string; name: string }
  type: string
  reason: string
  message: string
  count: number
  /** When last, where it says so. */
  at: string | undefined
}

/** A core/v1 Event: the fields of client-go's recorder, and where they are empty those of events.k8s.io. */
export function happened(event: KubernetesObject): Happened {
  const text = (...path: string[]) => textAt(event, ...path) ?? ''
  return {
    about: about(recordAt(event, 'involvedObject')),
    type: text('type') === '' ? 'Normal' : text('type'),
    reason: text('reason'),
    message: text('message').slice(0, 2_000),
    count: numberAt(event, 'count') ?? numberAt(event, 'series', 'count') ?? 1,
    at: textAt(event, 'lastTimestamp') ?? textAt(event, 'eventTime') ?? event.metadata.creationTimestamp,
  }
}

/** What a ReplicaSet cannot do is what its Deployment waits for. */
function about(of: unknown): Happened['about'] {
  const [kind, name] = [textAt(of, 'kind') ?? '', textAt(of, 'name') ?? '']
  const namespace = textAt(of, 'namespace') ?? ''
  return kind === 'ReplicaSet'
    ? { kind: 'Deployment', namespace, name: name.replace(/-[^-]*$/, '') }
    : { kind, namespace, name }
}
