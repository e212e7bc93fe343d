import { useRouter, useRouterState } from '@tanstack/react-router'
import { listedAt } from '../../paths.ts'
import { AppLink } from '../link.tsx'
import { usePageTitleNow } from '../page-title.ts'
import { useText } from '../text.ts'
import { leadsSomewhere } from './navigation.ts'

/** Where the page is, from its address: every part that is a page of its own is a link; the page's own title ends it. */
export function Breadcrumb() {
  const t = useText()
  const router = useRouter()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const title = usePageTitleNow()
  const words: Record<string, string> = {
    meshes: t('nav.meshes'),
    clusters: t('nav.clusters'),
    history: t('nav.history'),
    sidecars: t('nav.sidecars'),
    traffic: t('nav.traffic'),
    security: t('nav.security'),
    objects: t('nav.objects'),
    findings: t('nav.findings'),
    explain: t('nav.explain'),
    metrics: t('nav.metrics'),
  }
  const trail = trailOf(pathname).filter((each) => leadsSomewhere(router, each.to))
  return (
    <nav className="ow-crumbs" aria-label={t('nav.breadcrumb')}>
      <ol>
        {trail.map((each) => (
          <li key={each.to}>
            <AppLink to={each.to}>{words[each.segment] ?? each.segment}</AppLink>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  )
}

/** The addresses above a page: `/meshes/a/sidecars` has `/meshes` and `/meshes/a`. New things belong to their list. */
export function trailOf(pathname: string): { segment: string; to: string }[] {
  const segments = listedAt(pathname)
    .split('/')
    .filter((each) => each !== '')
  return segments.slice(0, -1).map((segment, index) => ({
    segment: decodeURIComponent(segment),
    to: `/${segments.slice(0, index + 1).join('/')}`,
  }))
}
