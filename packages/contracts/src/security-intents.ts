import { z } from 'zod'
import { ClusterName, DnsLabel, DnsName, MeshName } from './names.ts'

/** PEM files of a Secret (characters); Kubernetes takes 1 MiB for all of it. */
const pem = z.string().min(1).max(65_536)

/**
 * What a TLS Secret is to hold. `key` is the one secret here: never stored in or told by a Change. Of `ca` the former one
 * stays where it is absent, and goes where it is null.
 */
export const TlsPair = z.object({ certificate: pem, key: pem, ca: pem.nullable().optional() })
export type TlsPair = z.infer<typeof TlsPair>

/** A label as Kubernetes takes it is checked by the API server; here only that it is of a sane size. */
const Labels = z
  .record(z.string().min(1).max(317), z.string().max(63))
  .refine((labels) => Object.keys(labels).length <= 64, 'at most 64 labels')

export const securityIntents = [
  /** The same Secret in each of the clusters: made where it is not there, else given these values. */
  z.object({
    type: z.literal('security.apply-secret'),
    mesh: MeshName,
    namespace: DnsLabel,
    name: DnsName,
    clusters: z.array(ClusterName).min(1).max(50),
    pair: TlsPair,
    /** All that it is to have; absent: those it has stay. */
    labels: Labels.optional(),
  }),
  z.object({
    type: z.literal('security.delete-secrets'),
    mesh: MeshName,
    secrets: z
      .array(z.object({ cluster: ClusterName, namespace: DnsLabel, name: DnsName, uid: z.string().max(63) }))
      .min(1)
      .max(200),
  }),
] as const
