import { z } from 'zod'
import { Pem } from './certificates.ts'

/**
 * What the console proves itself by to a Prometheus that has an address, and the authority it knows it by. Secret: stored
 * by a plan, and never told again. Sent to the scheme, host and port it was given for, and nowhere else.
 */
export const PrometheusCredentials = z
  .object({
    /** Bearer token. */
    token: z
      .string()
      .max(16_384)
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
    /** Of basic authentication (RFC 7617: a name has no colon). */
    user: z
      .object({
        name: z
          .string()
          .max(255)
          .regex(/^[^:\p{Cc}]+$/u),
        password: z
          .string()
          .max(1_024)
          .regex(/^\P{Cc}*$/u),
      })
      .optional(),
    /** PEM; without it the authorities of the console's system decide. */
    certificateAuthority: Pem.optional(),
  })
  .refine(({ token, user }) => token === undefined || user === undefined, { path: ['user'] })
  .refine((given) => Object.values(given).some((each) => each !== undefined))
export type PrometheusCredentials = z.infer<typeof PrometheusCredentials>

/** Which of them there are, and are used. */
export const heldCredentials = ['token', 'password', 'certificate-authority'] as const
