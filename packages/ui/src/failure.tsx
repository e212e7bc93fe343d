import { Button } from 'antd'
import type { ReactNode } from 'react'
import { CopyButton } from './copy-text.tsx'
import { useWords } from './kit.tsx'
import './states.css'
import { StatusShape } from './status.tsx'

/** Why something did not work, as a sentence, and what to do next. Words come from the app: the kit knows no codes. */
export type FailureText = {
  what: string
  next?: string | undefined
  /** The machine's own words, shown as such. */
  detail?: string | undefined
  /** Id to look for in the server's log. */
  requestId?: string | undefined
}

export function Failure(props: { failure: FailureText; onRetry?: (() => void) | undefined; action?: ReactNode }) {
  const t = useWords()
  const { what, next, detail, requestId } = props.failure
  return (
    <div className="ow-failure" role="alert">
      <StatusShape health="broken" />
      <div className="ow-failure-body">
        <p className="ow-failure-what">{what}</p>
        {next !== undefined && <p className="ow-soft">{next}</p>}
        {detail !== undefined && <pre className="ow-failure-detail">{detail}</pre>}
        {requestId !== undefined && (
          <p className="ow-muted ow-row">
            {t('requestId')} <code>{requestId}</code>
            <CopyButton text={requestId} />
          </p>
        )}
        {(props.onRetry !== undefined || props.action !== undefined) && (
          <div className="ow-row ow-failure-actions">
            {props.onRetry !== undefined && (
              <Button size="small" onClick={props.onRetry}>
                {t('retry')}
              </Button>
            )}
            {props.action}
          </div>
        )}
      </div>
    </div>
  )
}
