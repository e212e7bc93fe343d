import { Empty } from '@orbweaver/ui/empty'
import { Failure } from '@orbweaver/ui/failure'
import { Skeleton } from '@orbweaver/ui/skeleton'
import { useRouter } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { useFailure } from '../api/failure.ts'
import { paths } from '../paths.ts'
import './boundaries.css'
import { AppLink } from './link.tsx'
import { usePageTitle } from './page-title.ts'
import { useText } from './text.ts'

/** A page that failed: why, and the way to try again. The frame around it stays. */
export function PageFailure(props: { error: unknown }) {
  const router = useRouter()
  const say = useFailure()
  return (
    <div className="ow-blank">
      <Failure failure={say(props.error)} onRetry={() => void router.invalidate()} />
    </div>
  )
}

export function PageMissing() {
  const t = useText()
  usePageTitle(t('missing.title'))
  return (
    <div className="ow-blank">
      <h1 className="ow-hidden">{t('missing.title')}</h1>
      <Empty
        title={t('missing.title')}
        hint={t('missing.hint')}
        action={<AppLink to={paths.start()}>{t('missing.action')}</AppLink>}
      />
    </div>
  )
}

export function PagePending() {
  return (
    <div className="ow-blank">
      <Skeleton lines={6} />
    </div>
  )
}

/** One region of a page: what breaks inside is shown in its place, the rest of the page goes on. */
export class Region extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children
    return <RegionFailure error={this.state.error} onRetry={() => this.setState({ error: undefined })} />
  }
}

function RegionFailure(props: { error: unknown; onRetry: () => void }) {
  const say = useFailure()
  return <Failure failure={say(props.error)} onRetry={props.onRetry} />
}
