import { z } from 'zod'
import { MemberSync } from './member-sync.ts'
import { Message } from './message.ts'

/** One cluster of a mesh, as far as the viewer may see it. */
export const MeshClusterView = z.object({
  cluster: z.string(),
  role: z.enum(['control-plane', 'member']),
  network: z.string().optional(),
  /** Of its API server; absent where it was not read, or the viewer may not know of its registration. */
  kubernetesVersion: z.string().optional(),
  /** Of the mesh's control plane or its remote part there; absent where the viewer may see none. */
  istioVersions: z.array(z.string()).optional(),
  state: z.enum(['ready', 'progressing', 'failed', 'leaving', 'unreachable']),
  reason: Message.optional(),
  namespaces: z.number(),
  injectedNamespaces: z.number(),
  pods: z.object({ injected: z.number(), total: z.number() }),
  /**
   * Of the webhook that injects there for the mesh's own revision: `unpatched` until istiod has written its certificate
   * into it, and so long every Pod it selects is refused. Absent where the viewer may not list webhooks.
   */
  webhook: z.enum(['ready', 'unpatched', 'missing']).optional(),
  /** Of members of managed meshes alone. */
  sync: MemberSync.optional(),
})
