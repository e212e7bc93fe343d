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
  /** Fingerprint of the root it leads to. */
  signedUnder: z.string().optional(),
  /** When the files were last written, whoever wrote them (ISO 8601); absent where the API server does not tell. */
  writtenAt: z.string().optional(),
  writtenBy: z.enum(['console', 'other']).optional(),
  /** Fingerprint of what istiod made itself, while the plugged-in files stand before it: it could sign again. */
  selfSigned: z.string().optional(),
})
export type Authority = z.infer<typeof Authority>

/** Thresholds: apps read them from packages/istio/src/certificates/trust.ts. */
export const CertificateFinding = z.object({
  severity: z.enum(['error', 'warning']),
  message: Message,
})
export type CertificateFinding = z.infer<typeof CertificateFinding>

/** How far one cluster follows its control plane through a change of root. */
const ClusterRoots = z.object({
  cluster: z.string(),
  /** Whether istiod hands out exactly the roots of its Secret there. */
  handedOut: z.enum(['all', 'behind', 'unknown']),
  /** ConfigMaps `istio-ca-root-cert`, which new Pods trust by. Of namespaces that the viewer may see. */
  namespaces: z.object({ behind: z.number(), total: z.number() }).optional(),
  /** Pods with a proxy, and those that may still hold what was before. Of those the viewer may list. */
  pods: z.object({ behind: z.number(), total: z.number() }).optional(),
})

/**
 * Where a mesh stands in the change of its root, told from what there is: `one-root` (none under way), `added` (another
 * root stands beside the one that signs), `switched` (the new one signs). Pure: packages/istio/src/certificates/root-change.ts.
 */
export const RootChange = z.object({
  phase: z.enum(['one-root', 'added', 'switched']),
  /** Fingerprint of the root that does not sign: the one to come (`added`), or the one from before (`switched`). */
  other: z.string().optional(),
  /** Since when Pods that start get what the Secret says (ISO 8601). */
  since: z.string().optional(),
  /** When every workload certificate from before has run out, whatever restarts (ISO 8601). */
  renewedBy: z.string().optional(),
  clusters: z.array(ClusterRoots),
  /** Whose Pods are behind, as many as one plan restarts. */
  workloads: z.array(z.object({ ref: ObjectRef, pods: z.number(), restartable: z.boolean() })),
  /** Why the next phase may not begin. */
  holds: z.array(Message),
  /** What of the next phase's conditions nobody can tell: it may begin, at the operator's risk. */
  doubts: z.array(Message),
})
export type RootChange = z.infer<typeof RootChange>

export const MeshCertificates = z.object({
  /** Identities begin with it: `spiffe://<trust domain>/ns/…`. Absent where the viewer may not read it. */
  trustDomain: z.string().optional(),
  authority: Authority.optional(),
  /** Why no authority is told. */
  why: Message.optional(),
  trust: z.array(ClusterTrust),
  /** Of meshes whose authority is told. */
  change: RootChange.optional(),
  findings: z.array(CertificateFinding),
})
export type MeshCertificates = z.infer<typeof MeshCertificates>

/** What one replica of istiod shows to whoever connects to its port for proxies (15012). */
export const ServedCertificate = z.object({
  pod: z.string(),
  certificate: Certificate.optional(),
  /** Subject of the root that it leads to, among those that istiod hands out. */
  under: z.string().optional(),
  /** Why it is not told. */
  why: Message.optional(),
})
export type ServedCertificate = z.infer<typeof ServedCertificate>

export const IstiodCertificates = z.object({
  replicas: z.array(ServedCertificate),
  /** Why none was asked. */
  why: Message.optional(),
  findings: z.array(CertificateFinding),
})
export type IstiodCertificates = z.infer<typeof IstiodCertificates>

/**
 * What the proxy of one Pod holds. `overdue`: more than three quarters of its time are over, and agents renew in the middle.
 * `root`, against the mesh's: that which signs now, another of them, or none (`foreign`).
 */
export const ProxyCertificate = z.object({
  pod: ObjectRef,
  /** What made the Pod. */
  owner: ObjectRef,
  kind: z.enum(['gateway', 'sidecar']),
  /** `spiffe://<trust domain>/ns/<namespace>/sa/<account>` */
  identity: z.string().optional(),
  certificate: Certificate.omit({ pem: true }).optional(),
  state: z.enum(['valid', 'overdue', 'expired', 'not-yet']).optional(),
  root: z.enum(['current', 'other', 'foreign']).optional(),
  /** Subject of the root it was signed under, as its own chain has it. */
  under: z.string().optional(),
  /** How many roots of the mesh it does not trust. */
  missing: z.number().optional(),
  /** Why nothing is known of it. */
  why: Message.optional(),
})
export type ProxyCertificate = z.infer<typeof ProxyCertificate>

/** One or more PEM blocks. */
export const Pem = z.string().min(1).max(65_536)

/**
 * What Secret `cacerts` holds, in istiod's own layout (istio pilot/pkg/bootstrap/istio_ca.go). `caKey` is the one secret
 * here: never stored in or told by a Change.
 */
export const PluggedCa = z.object({ caCert: Pem, caKey: Pem, certChain: Pem, rootCert: Pem })
export type PluggedCa = z.infer<typeof PluggedCa>
