import { z } from 'zod'
import { ObjectRef } from './kubernetes.ts'
import { Message } from './message.ts'

/** A certificate as anybody may know it: what a TLS handshake shows. */
export const Certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** SHA-256 of its DER, hexadecimal. */
  fingerprint: z.string(),
  /** ISO 8601. */
  notBefore: z.string(),
  notAfter: z.string(),
  /** Whether it may sign others (RFC 5280 basicConstraints). */
  ca: z.boolean(),
  /** `EC P-256`, `RSA 4096`. */
  key: z.string(),
  /** Alternative names: of DNS and URIs. */
  names: z.array(z.string()),
  pem: z.string(),
})
export type Certificate = z.infer<typeof Certificate>

/** What is trusted in one cluster of a mesh. */
export const ClusterTrust = z.object({
  cluster: z.string(),
  role: z.enum(['control-plane', 'member']),
  /** The roots that istiod hands out there, as it wrote them into its injection webhook. */
  roots: z.array(Certificate),
  /** The webhook they were read from. */
  from: ObjectRef.optional(),
  /** Why none is told. */
  why: Message.optional(),
})
export type ClusterTrust = z.infer<typeof ClusterTrust>

/** The authority that a control plane's Secret holds: `cacerts` is plugged in, `istio-ca-secret` istiod's own. */
export const Authority = z.object({
  kind: z.enum(['plugged-in', 'self-signed']),
  /** What signs the certificates of workloads; of istiod's own making, the root itself. */
  issuing: Certificate.optional(),
  chain: z.array(Certificate),
  roots: z.array(Certificate),
  /** Whether the issuing certificate leads to one of the roots by signatures. */
  verified: z.boolean(),
})
export type Authority = z.infer<typeof Authority>

/** Thresholds: apps read them from packages/istio/src/certificates/trust.ts. */
export const CertificateFinding = z.object({
  severity: z.enum(['error', 'warning']),
  message: Message,
})
export type CertificateFinding = z.infer<typeof CertificateFinding>

export const MeshCertificates = z.object({
  /** Identities begin with it: `spiffe://<trust domain>/ns/…`. Absent where the viewer may not read it. */
  trustDomain: z.string().optional(),
  authority: Authority.optional(),
  /** Why no authority is told. */
  why: Message.optional(),
  trust: z.array(ClusterTrust),
  findings: z.array(CertificateFinding),
})
export type MeshCertificates = z.infer<typeof MeshCertificates>

const pem = z.string().min(1).max(65_536)

/**
 * What Secret `cacerts` holds, in istiod's own layout (istio pilot/pkg/bootstrap/istio_ca.go). `caKey` is the one secret
 * here: never stored in or told by a Change.
 */
export const PluggedCa = z.object({ caCert: pem, caKey: pem, certChain: pem, rootCert: pem })
export type PluggedCa = z.infer<typeof PluggedCa>
