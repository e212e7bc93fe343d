import { Dialog } from '@orbweaver/ui/dialog'
import { useRouter } from '@tanstack/react-router'
import { useText } from '../text.ts'
import { existing, fleetItems } from './navigation.ts'

export function KeysDialog(props: { onClose: () => void }) {
  const t = useText()
  const router = useRouter()
  const places = existing(router, fleetItems).flatMap((item) =>
    item.key === undefined ? [] : [{ keys: ['g', item.key], what: `${t('keys.go')}: ${t(`nav.${item.word}`)}` }],
  )
  return (
    <Dialog title={t('keys.title')} onClose={props.onClose} width={520}>
      <Keys
        title={t('keys.everywhere')}
        rows={[
          { keys: ['Ctrl K', '⌘ K'], what: t('keys.find') },
          { keys: ['/'], what: t('keys.pageSearch') },
          { keys: ['?'], what: t('keys.help') },
          { keys: ['Esc'], what: t('keys.close') },
          ...places,
        ]}
      />
      <Keys
        title={t('keys.tables')}
        rows={[
          { keys: ['↑', '↓'], what: t('keys.rows') },
          { keys: ['Enter'], what: t('keys.open') },
          { keys: ['Space'], what: t('keys.tick') },
        ]}
      />
    </Dialog>
  )
}

function Keys(props: { title: string; rows: { keys: string[]; what: string }[] }) {
  return (
    <section className="ow-keys" aria-label={props.title}>
      <h3 className="ow-heading">{props.title}</h3>
      <dl>
        {props.rows.map((row) => (
          <div key={row.keys.join()}>
            <dt>
              {row.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{row.what}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
