import { z } from 'zod'

/** RFC 1123 label, as namespaces and clusters are named (Kubernetes apimachinery, validation.IsDNS1123Label). */
export const DnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)

/** RFC 1123 subdomain, as most objects are named. */
export const DnsName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/)

/** A mesh's name is the name of its Sail Istio object; label values made of it must stay within 63 characters. */
export const MeshName = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/)

export const ClusterName = DnsLabel

/** What an object of any kind may be called: what can be one step of its URL (apimachinery, path.IsValidPathSegmentName). */
export const SegmentName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^(?!\.\.?$)[^/%\p{Cc}]+$/u)
