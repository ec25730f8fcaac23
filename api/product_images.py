"""Pictures of products: uploaded first, and given to a product when its card is saved."""

from typing import Annotated
from uuid import UUID, uuid4

from fastapi import Response, UploadFile
from pydantic import BaseModel

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.pictures import make_picture
from api.products import Reader
from api.routers import Router
from db import images
from domain.access import Actor, Right
from domain.images import KEPT_AS, LARGEST_UPLOAD

router = Router("/product-images", tags=["product images"], responses=RESPONSES)

Editor = Annotated[Actor, needs(Right.PRODUCT_EDIT)]
FOREVER = "private, max-age=31536000, immutable"
"""A picture never changes: another one has another id."""


class ImageUploaded(BaseModel):
    id: UUID
    width: int
    height: int


@router.post("", status_code=201)
def upload_image(file: UploadFile, actor: Editor, db: Db, id: UUID | None = None) -> ImageUploaded:
    """JPEG, PNG, WebP or GIF up to 10 MiB and 50 megapixels; kept as WebP, at most 2000 pixels
    wide or high. It is forgotten after a day, unless a card is saved with it."""
    picture = make_picture(file.file.read(LARGEST_UPLOAD + 1))
    image_id = id or uuid4()
    with db.transaction() as tx:
        images.add_image(tx, image_id, picture, actor.name)
    return ImageUploaded(id=image_id, width=picture.width, height=picture.height)


@router.get(
    "/{image_id}",
    responses={200: {"content": {KEPT_AS: {}}, "description": "The picture"}},
)
def read_image(image_id: UUID, actor: Reader, db: Db, thumbnail: bool = False) -> Response:
    with db.transaction() as tx:
        content = images.find_image(tx, image_id, thumbnail=thumbnail)
    if content is None:
        raise NotFound("There is no such picture.")
    headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=KEPT_AS, headers=headers)
