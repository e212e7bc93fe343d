import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { AppLink } from '../../app/link.tsx'
import { paths } from '../../paths.ts'
import { useText } from './text.ts'

export function ClusterGone(props: { cluster: string }) {
  const t = useText()
  return (
    <Page title={props.cluster}>
      <Empty
        title={t('gone.title', { cluster: props.cluster })}
        hint={t('gone.hint')}
        action={<AppLink to={paths.clusters()}>{t('gone.action')}</AppLink>}
      />
    </Page>
  )
}
