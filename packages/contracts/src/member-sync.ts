import { z } from 'zod'
import { Message } from './message.ts'

/**
 * How a member stands with the istiods that serve it, as they tell it themselves: `synced` stays so whatever becomes of
 * the cluster later. `unknown-to-istiod`: no Secret that istiod takes names it. Source: Istio
 * pkg/kube/multicluster/cluster.go SyncStatus*, 1.30.
 */
export const SyncState = z.enum(['timeout', 'unknown-to-istiod', 'syncing', 'synced', 'not-asked'])
export type SyncState = z.infer<typeof SyncState>

export const MemberSync = z.object({
  /** The worst of what its replicas say. */
  state: SyncState,
  /** When istiod said so; absent where it was not asked. */
  asOf: z.string().optional(),
  /** Why nobody knows. */
  why: Message.optional(),
  /** `namespace/name` of the Secret that istiod has it from; absent where the viewer may not list Secrets there. */
  secretName: z.string().optional(),
  replicas: z.array(z.object({ pod: z.string(), state: SyncState, why: Message.optional() })),
})
export type MemberSync = z.infer<typeof MemberSync>
