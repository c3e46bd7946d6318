// React with @hello-pangea/dnd in its pattern for virtual lists, with react-window.
import { Draggable, Droppable } from "@hello-pangea/dnd";
import { memo } from "react";
import { FixedSizeList, areEqual } from "react-window";
import { PITCH, board, headHtml } from "./shared.js";
import { Slot, start } from "./state.jsx";

/** Of a column, beside its list. */
const HEAD = 72;
const GAP = 8;

const Row = memo(({ data, index, style }) => {
  const card = data[index];
  // While a card is dragged the list is one longer.
  if (card === undefined) {
    return null;
  }
  const place = { ...style, height: PITCH - GAP, width: "auto", left: 8, right: 8 };
  return (
    <Draggable key={card.id} draggableId={card.id} index={index}>
      {(provided, { isDragging }) => <Slot card={card} provided={provided} held={isDragging} style={place} />}
    </Draggable>
  );
}, areEqual);

const Column = memo(({ stage, cards }) => (
  <section className="board__column" data-stage={stage.id}>
    <div dangerouslySetInnerHTML={{ __html: headHtml(stage, cards.length) }} />
    <Droppable
      droppableId={stage.id}
      mode="virtual"
      renderClone={(provided, _, { source }) => <Slot card={cards[source.index]} provided={provided} held />}
    >
      {(provided, { isUsingPlaceholder }) => (
        <FixedSizeList
          height={board.clientHeight - HEAD}
          itemCount={cards.length + (isUsingPlaceholder ? 1 : 0)}
          itemSize={PITCH}
          itemData={cards}
          outerRef={provided.innerRef}
          innerElementType="ol"
          width="100%"
        >
          {Row}
        </FixedSizeList>
      )}
    </Droppable>
  </section>
));

await start(Column);
