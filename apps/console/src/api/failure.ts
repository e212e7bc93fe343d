import { textAt } from '@orbweaver/contracts/json'
import type { Params } from '@orbweaver/contracts/message'
import type { FailureText } from '@orbweaver/ui/failure'
import { ORPCError } from '@orpc/client'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { en } from '../text/errors.en.ts'
import { zh } from '../text/errors.zh.ts'
import { i18n } from '../text/i18n.ts'
import { requestIdOf } from './client.ts'
import type { ErrorCode } from './error-codes.ts'

i18n.addResourceBundle('en', 'errors', en)
i18n.addResourceBundle('zh', 'errors', zh)

/** The code of anything thrown by a call. What never reached the server is told apart from what it answered badly. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof ORPCError) return isErrorCode(error.code) ? error.code : codeOfStatus(error.status)
  if (error instanceof TypeError || (error instanceof DOMException && error.name !== 'AbortError'))
    return 'client.offline'
  return error instanceof SyntaxError ? 'client.unreadable' : 'client.crashed'
}

/** What was not the console's own answer. A gateway in front of it says so where it reaches no server behind it. */
function codeOfStatus(status: number): ErrorCode {
  return [502, 503, 504].includes(status) ? 'client.offline' : 'client.unreadable'
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(en, code)
}

/** Anything thrown, as a sentence with what to do next. */
export function useFailure(): (error: unknown) => FailureText {
  const { t } = useTranslation('errors', { i18n })
  return useCallback(
    (error) => {
      const code = codeOf(error)
      const params = { ...paramsOf(error), ns: 'errors', keySeparator: '|', nsSeparator: false } as const
      return {
        what: t(`${code}|what`, params),
        next: t(`${code}|next`, params),
        detail: reasonOf(error) ?? (error instanceof ORPCError ? textAt(error.data, 'message') : undefined),
        requestId: requestIdOf(error) ?? (error instanceof ORPCError ? textAt(error.data, 'request') : undefined),
      }
    },
    [t],
  )
}

/** The same for a query: undefined while nothing failed, so that it fits a prop. */
export function useFailureOf(error: unknown): FailureText | undefined {
  const say = useFailure()
  return error === null || error === undefined ? undefined : say(error)
}

/** Why, where its reason is a code that has a sentence: in the reader's language, unlike the message beside it. */
function reasonOf(error: unknown): string | undefined {
  const reason = error instanceof ORPCError ? textAt(error.data, 'reason') : undefined
  const words = { ...paramsOf(error), ns: 'messages', keySeparator: false, nsSeparator: false } as const
  return reason !== undefined && i18n.exists(reason, words) ? i18n.t(reason, words) : undefined
}

function paramsOf(error: unknown): Params {
  if (!(error instanceof ORPCError)) return {}
  const out: Params = {}
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null) return out
  for (const [key, value] of Object.entries(data)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') out[key] = value
  }
  return out
}
