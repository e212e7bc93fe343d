import type { JsonRecord } from '@orbweaver/contracts/json'
import type { Answer, Call } from '../../envoy/answer.ts'
import type { Request } from '../../envoy/routes.ts'

/** What a proxy sends on: a request and a token, where it has understood them. */
export type Sent = { readonly request?: Request | undefined; readonly claims?: JsonRecord | undefined }

/** A request that a proxy has understood; else the bytes as they are, which TLS that goes on hides. */
export function sentBy(answer: Answer, { request, claims }: Call): Sent {
  if (answer.kind === 'http') return answer.onward
  if (answer.kind === 'asks' && answer.onward !== undefined) return answer.onward
  return 'sealed' in answer && answer.sealed === true ? {} : { request, claims }
}
