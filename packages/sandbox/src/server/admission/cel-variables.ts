import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import type { Authorizer } from '../authz/authorizer.ts'
import { celValue } from '../schema/cel.ts'
import { inVersion } from '../store/encode.ts'
import type { ObjectStore } from '../store/store.ts'
import type { Attempt } from './admission.ts'
import { CelAuthorizer } from './cel-authorizer.ts'

export type CelParts = { store: ObjectStore; authorizer: Authorizer }

/** What expressions of policies and of webhooks' matchConditions may ask about a write. */
export function variablesOf(parts: CelParts, attempt: Attempt): Record<string, unknown> {
  const { served, user } = attempt
  const { group, kind, plural } = served.definition
  const version = served.version.name
  const state = (object: KubernetesObject | undefined): unknown =>
    object === undefined ? null : celValue(inVersion(served, object), served.version.schema)
  const namespace = parts.store.get('namespaces', undefined, attempt.namespace)?.object
  return {
    object: state(attempt.object),
    oldObject: state(attempt.before),
    params: null,
    variables: {},
    authorizer: new CelAuthorizer(parts.authorizer, user),
    namespaceObject: namespace === undefined ? null : celValue(namespace, undefined),
    request: {
      kind: { group, version, kind },
      resource: { group, version, resource: plural },
      subResource: attempt.subresource,
      name: attempt.name,
      namespace: attempt.namespace,
      operation: attempt.operation,
      dryRun: attempt.dryRun,
      userInfo: { username: user.name, uid: user.uid, groups: user.groups, extra: user.extra },
    },
  }
}
